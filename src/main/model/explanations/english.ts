import type { Activation, LayerOf, LayerType } from '../../../shared/architecture/layers'
import type { Explanation } from '../../../shared/contract/model'
import { formatShape, type Shape, toBorders, toPair } from '../shapes'
import { count, doublingsTo, halfLife, type LayerFacts, rounded, windowFacts, withSeparator } from './facts'

const n = withSeparator(',')

const times = (amount: number, one: string, many = `${one}s`): string => `${n(amount)} ${amount === 1 ? one : many}`

/** "128 maps of 16×16", "512 numbers". */
const named = (shape: Shape): string =>
  shape.length === 3 ? `${times(shape[2]!, 'map')} of ${shape[0]}×${shape[1]}` : times(count(shape), 'number')

const joined = (...sentences: readonly (string | false | null)[]): string => sentences.filter(Boolean).join(' ')

const activations: { readonly [Name in Activation]: string | null } = {
  linear: null,
  relu: 'Its ReLU then sets what is below 0 to 0.',
  relu6: 'Its ReLU6 then cuts everything to 0 … 6.',
  elu: 'Its ELU then bends what is below 0 towards −1.',
  selu: 'Its SELU then bends what is below 0, scaled so that signals keep their size.',
  sigmoid: 'Its sigmoid then brings every number into 0 … 1.',
  hardSigmoid: 'Its hard sigmoid then brings every number into 0 … 1 with straight lines.',
  softmax: 'Its softmax then makes shares of them that sum to 1.',
  logSoftmax: 'Its log-softmax then makes logarithms of shares of them.',
  softplus: 'Its softplus then makes them positive, smoothly.',
  softsign: 'Its softsign then brings them into −1 … 1, slowly.',
  tanh: 'Its tanh then brings every number into −1 … 1.',
  swish: 'Its swish then dampens what is below 0.',
  mish: 'Its mish then dampens what is below 0.',
  gelu: 'Its GELU then dampens what is below 0.',
  gelu_new: 'Its GELU then dampens what is below 0.'
}

/** Why an activation stands where it stands. */
const whyNonlinear =
  'Without something non-linear between them, layers with weights would collapse into a single one; this is what lets depth help.'

function sees({ role, field, side }: LayerFacts): string | null {
  // One pixel by itself goes without saying.
  if (field === null || Math.max(...field) === 1) {
    return null
  }
  const pixels = `${field[0]}×${field[1]}`
  if (field[0] === side && field[1] === side) {
    return role === 'discriminator'
      ? 'One number of it sees the whole picture.'
      : 'One number of it has a part in the whole picture.'
  }
  return role === 'discriminator'
    ? `One number of it sees ${pixels} of the picture’s ${side}×${side} pixels.`
    : `One number of it has a part in ${pixels} of the picture’s ${side}×${side} pixels.`
}

/** How far maps are from the whole picture. */
function wayToPicture(height: number, { side, role }: LayerFacts): string | null {
  const doublings = role === 'generator' ? doublingsTo(side, height) : null
  if (doublings === null) {
    return null
  }
  return doublings === 0
    ? `${height} is the side of the whole picture.`
    : `${height} is 1/${2 ** doublings} of the final ${side}, so ${times(doublings, 'layer')} that ${doublings === 1 ? 'doubles' : 'double'} the maps ${doublings === 1 ? 'is' : 'are'} enough.`
}

const bias = ({ useBias }: { readonly useBias: boolean }): string => (useBias ? 'biases included' : 'without biases')

const padding = (spec: { readonly padding: 'valid' | 'same' }, input: Shape, output: Shape): string =>
  spec.padding === 'same'
    ? 'Padding “same” puts zeros around the maps, so that their borders are not lost.'
    : `Without padding the window stays inside the maps, and ${input[0]}×${input[1]} become ${output[0]}×${output[1]}.`

const evenness = ({ isEven, hasStride, kernel, stride }: ReturnType<typeof windowFacts>): string | null => {
  if (!hasStride) {
    return null
  }
  return isEven
    ? `The kernel of ${kernel} is divisible by the stride ${stride}, so every pixel counts equally often and no checkerboard appears.`
    : `The kernel of ${kernel} is not divisible by the stride ${stride}: some pixels count more often than others, which shows as a checkerboard.`
}

function dense(spec: LayerOf<'Dense'>, facts: LayerFacts): Explanation {
  const { input, output, weights, role, isLast, reshapedTo, latentSize } = facts
  const [height, width, channels] = reshapedTo ?? []
  const activation = activations[spec.activation]
  if (role === 'generator' && height !== undefined && width !== undefined && channels !== undefined) {
    return {
      does: joined(
        `Turns ${times(count(input), 'number')} into ${n(count(output))}, enough for ${named([height, width, channels])}: ${times(weights, 'weight')}, ${bias(spec)}.`,
        activation
      ),
      why: `The ${times(latentSize, 'latent number')} have no place in a picture yet; this layer gives them one, so that convolutions can work on them.`,
      values: joined(`${n(count(output))} = ${height}·${width}·${channels}.`, wayToPicture(height, facts))
    }
  }
  if (role === 'discriminator' && isLast && output.length === 1 && count(output) === 1) {
    return {
      does: joined(
        `Weighs ${times(count(input), 'number')} and sums them up to ${times(spec.units, 'number')}: ${times(weights, 'weight')}, ${bias(spec)}.`,
        activation
      ),
      why: 'The discriminator answers one question, real or generated; this is its answer, as a logit of which the loss makes a probability.',
      values: 'One unit, since there is one question, and no activation, since the loss applies the sigmoid itself.'
    }
  }
  return {
    does: joined(
      `Makes ${times(spec.units, 'weighted sum')} of ${input.length === 1 ? `all ${times(count(input), 'number')}` : `the ${n(input.at(-1)!)} numbers at each position`}${output.length === 3 ? `, ${named(output)}` : ''}: ${times(weights, 'weight')}, ${bias(spec)}.`,
      activation
    ),
    why: 'It lets every number take part in every result, which convolutions, being local, can’t.',
    values: `${times(spec.units, 'unit')}: more can tell more cases apart, and each costs ${times(input.at(-1)!, 'weight')}.`
  }
}

function whyConvolution(
  { hasStride }: ReturnType<typeof windowFacts>,
  { role, isLast, input, output }: LayerFacts
): string {
  if (role === 'generator' && isLast) {
    return `The last layer: it mixes ${times(input[2] ?? 0, 'map')} into the ${output[2] === 1 ? 'grey values' : 'three colours'} of the picture.`
  }
  if (hasStride) {
    return 'It looks for local patterns and makes the maps smaller in the same go, so that the next layers see more of the picture; it learns how, which pooling can’t.'
  }
  return role === 'generator'
    ? 'It refines what was enlarged before it: neighbours are brought into line, and edges and textures appear.'
    : 'It looks for local patterns, as edges and spots of colour; later layers put them together to petals, eyes, faces.'
}

function convolution(spec: LayerOf<'Conv2D'>, facts: LayerFacts): Explanation {
  const { input, output, weights, role, isLast } = facts
  const window = windowFacts(spec)
  const isDilated = Math.max(...toPair(spec.dilationRate)) > 1
  return {
    does: joined(
      `Slides a window of ${window.kernel} over ${named(input)} and makes ${named(output)}: each number is a weighted sum of ${n(window.taps * (input[2] ?? 1))}, with the same ${times(weights, 'weight')} everywhere.`,
      activations[spec.activation]
    ),
    why: whyConvolution(window, facts),
    values: joined(
      evenness(window),
      isDilated &&
        `Its taps lie ${toPair(spec.dilationRate).join('×')} pixels apart, which sees further with the same weights.`,
      padding(spec, input, output),
      role === 'generator' &&
        isLast &&
        spec.activation === 'tanh' &&
        'tanh gives −1 … 1, the range that pictures are scaled to.',
      sees(facts)
    )
  }
}

function transposed(spec: LayerOf<'Conv2DTranspose'>, facts: LayerFacts): Explanation {
  const { input, output, weights, role, isLast } = facts
  const window = windowFacts(spec)
  const grows = `${input[0]}×${input[1]} to ${output[0]}×${output[1]}`
  return {
    does: joined(
      `Spreads each number of ${named(input)} over a window of ${window.kernel}, ${window.stride} apart, and adds up where windows meet: ${named(output)}, ${times(weights, 'weight')}.`,
      activations[spec.activation]
    ),
    why:
      role === 'generator' && isLast
        ? `The last layer: it grows the maps from ${grows} and makes the picture’s ${output[2] === 1 ? 'grey values' : 'colours'} of them.`
        : `The maps must grow to a picture; this layer brings them from ${grows} and learns what to put in between.`,
    values: joined(
      window.hasStride && window.isEven
        ? `The kernel of ${window.kernel} is divisible by the stride ${window.stride}, so exactly ${times(window.overlap, 'window')} ${window.overlap === 1 ? 'lies' : 'lie'} over every pixel and no checkerboard appears.`
        : evenness(window),
      output[0] !== undefined && wayToPicture(output[0], facts),
      role === 'generator' &&
        isLast &&
        spec.activation === 'tanh' &&
        'tanh gives −1 … 1, the range that pictures are scaled to.',
      sees(facts)
    )
  }
}

function pooling(
  how: string,
  spec: LayerOf<'AveragePooling2D' | 'MaxPooling2D'>,
  { input, output }: LayerFacts
): Explanation {
  const pool = toPair(spec.poolSize).join('×')
  const isMax = spec.type === 'MaxPooling2D'
  return {
    does: `Keeps ${how} of each window of ${pool}: ${named(input)} become ${named(output)}, without any weights.`,
    why: isMax
      ? 'It makes maps smaller and keeps what was found, wherever in the window. In GANs a strided convolution is the better choice, since only one pixel of each window gets a gradient here.'
      : 'It makes maps smaller, so that the next layers see more of the picture, and passes a gradient to every pixel.',
    values: `Windows of ${pool}, ${toPair(spec.strides ?? spec.poolSize).join('×')} apart: one of ${n(count(toPair(spec.strides ?? spec.poolSize)))} positions is kept.`
  }
}

function borderText(value: Parameters<typeof toBorders>[0]): string {
  const [[top, bottom], [left, right]] = toBorders(value)
  return new Set([top, bottom, left, right]).size === 1
    ? `${times(top, 'pixel')} on every side`
    : `${top} above, ${bottom} below, ${left} to the left and ${right} to the right`
}

/** The three texts of a layer from its own numbers, by type. */
export const english: { readonly [Type in LayerType]: (spec: LayerOf<Type>, facts: LayerFacts) => Explanation } = {
  Dense: dense,
  Conv2D: convolution,
  Conv2DTranspose: transposed,
  DepthwiseConv2D: (spec, facts) => {
    const { input, output, weights } = facts
    const window = windowFacts(spec)
    return {
      does: joined(
        `Slides windows of ${window.kernel} over each of ${named(input)} by itself and makes ${named(output)}: ${times(weights, 'weight')}.`,
        activations[spec.activation]
      ),
      why: `It finds patterns within each map for a fraction of the work: a Conv2D would need ${n(input[2] ?? 1)} times the weights. Mixing the maps is left to the next layer.`,
      values: joined(
        `${times(spec.depthMultiplier, 'map')} from each map.`,
        evenness(window),
        padding(spec, input, output),
        sees(facts)
      )
    }
  },
  SeparableConv2D: (spec, facts) => {
    const { input, output, weights } = facts
    const window = windowFacts(spec)
    const whole = window.taps * (input[2] ?? 1) * spec.filters
    return {
      does: joined(
        `Filters each of ${named(input)} by itself with a window of ${window.kernel}, then mixes the results pixel by pixel into ${named(output)}: ${times(weights, 'weight')}.`,
        activations[spec.activation]
      ),
      why: 'It does nearly what a Conv2D does, with places and maps looked at one after the other, for less work.',
      values: joined(
        `A Conv2D of this size would have ${times(whole, 'weight')}.`,
        evenness(window),
        padding(spec, input, output),
        sees(facts)
      )
    }
  },
  BatchNormalization: ({ momentum, epsilon }, { input, weights }) => {
    const channels = input.at(-1)!
    const forgets = halfLife(momentum)
    return {
      does: `Brings each of the ${times(channels, input.length === 3 ? 'map' : 'number')} to mean 0 and deviation 1 over the batch, then scales and shifts it as it learns to: ${times(weights, 'number')}, of which ${n(2 * channels)} are running averages.`,
      why: 'It keeps signals from growing or fading from layer to layer, so that deep networks learn steadily. As the batch is drawn at random, it also adds some randomness.',
      values: joined(
        forgets === null
          ? `With a momentum of ${momentum} the running averages are always those of the last step.`
          : `With a momentum of ${momentum} the running averages, which are used for generating, forget half in about ${times(forgets, 'step')}.`,
        `Epsilon ${epsilon} keeps the division finite where a map is the same everywhere.`
      )
    }
  },
  LayerNormalization: ({ epsilon }, { input, weights }) => ({
    does: `Brings the ${times(input.at(-1)!, 'number')} at each position to mean 0 and deviation 1, then scales and shifts them as it learns to: ${times(weights, 'weight')}.`,
    why: 'It keeps signals at the same size, picture by picture. Unlike batch normalisation it does not mix the pictures of a batch, so that gradient penalties may be used with it.',
    values: `Epsilon ${epsilon} keeps the division finite where all numbers are equal.`
  }),
  Dropout: ({ rate }, { input }) => ({
    does: `Sets ${rounded(100 * rate)} % of its ${times(count(input), 'number')} to 0, others in every training step, and multiplies the rest by ${rounded(1 / (1 - rate))} to make up for it. Outside of training it does nothing.`,
    why: 'GANs fall into local optima very easily. A network that can’t rely on any single number is kept from learning by heart, and from being certain too soon.',
    values: `${rate}: more makes the judgement noisier and slows the learning, less leaves little of the effect; 0.3 to 0.5 is usual.`
  }),
  UpSampling2D: ({ size, interpolation }, facts) => ({
    does: `Makes ${named(facts.output)} of ${named(facts.input)}: ${interpolation === 'nearest' ? 'every pixel is repeated' : 'what lies between pixels is interpolated'}, without any weights.`,
    why: 'The maps must grow to a picture. Enlarging without weights can’t make a checkerboard; the convolution after it puts the detail in.',
    values: joined(`${toPair(size).join('×')} times as large.`, wayToPicture(facts.output[0]!, facts), sees(facts))
  }),
  AveragePooling2D: (spec, facts) => pooling('the mean', spec, facts),
  MaxPooling2D: (spec, facts) => pooling('the largest number', spec, facts),
  GlobalAveragePooling2D: (_, { input }) => ({
    does: `Takes the mean of each map: ${named(input)} become ${times(input[2]!, 'number')}, without any weights.`,
    why: 'What counts is whether a pattern is there, not where; so the layer after it needs far fewer weights than after Flatten.',
    values: `Each number stands for ${times((input[0] ?? 1) * (input[1] ?? 1), 'position')}. It has nothing to set.`
  }),
  Embedding: ({ inputDim, outputDim }, { weights }) => ({
    does: `Looks up a vector of ${times(outputDim, 'number')} for each of ${times(inputDim, 'class', 'classes')}: ${times(weights, 'weight')}.`,
    why: 'The number of a class has no size that means anything; a vector that is learnt can say how classes are alike.',
    values: `One vector a class; ${outputDim} numbers are as much as the network can tell of it.`
  }),
  Concatenate: ({ axis }, { output, inputCount }) => ({
    does: `Puts ${times(inputCount, 'input')} side by side along axis ${axis}: ${named(output)}.`,
    why: 'The layers after it see both, what was worked out and what it was worked out from, and choose by themselves.',
    values: axis === -1 ? 'Axis −1 is that of the maps.' : `Axis ${axis}, counted with the batch as 0.`
  }),
  Add: (_, { output, inputCount }) => ({
    does: `Adds ${times(inputCount, 'input')} number by number: ${named(output)}, without any weights.`,
    why: 'The branch only has to learn what to change of what passes it by, and the gradient has a short way back (He et al. 2016).',
    values: 'It has nothing to set; all inputs must have the same shape.'
  }),
  Multiply: (_, { output, inputCount }) => ({
    does: `Multiplies ${times(inputCount, 'input')} number by number: ${named(output)}, without any weights.`,
    why: 'One input decides how much of the other passes, as a gate does.',
    values: 'It has nothing to set; all inputs must have the same shape.'
  }),
  Activation: ({ activation }, { input, isLast, role }) => ({
    does:
      activation === 'linear'
        ? 'Passes everything on as it is.'
        : joined(
            `Applies ${activation} to each of its ${times(count(input), 'number')}.`,
            activations[activation]?.replace(/^Its .*? then /, 'It ') ?? null
          ),
    why:
      role === 'generator' && isLast
        ? 'It brings the picture into the range that real pictures are scaled to.'
        : whyNonlinear,
    values:
      activation === 'tanh' && role === 'generator' && isLast
        ? 'tanh gives −1 … 1, as pictures are scaled.'
        : `${activation} has nothing to set.`
  }),
  ReLU: ({ maxValue }, { input }) => ({
    does: `Sets each of its ${times(count(input), 'number')} that is below 0 to 0${maxValue === undefined ? '' : ` and cuts off above ${maxValue}`}.`,
    why: whyNonlinear,
    values:
      'Below 0 no gradient passes. On batch normalisation in a generator that does no harm, as in DCGAN; elsewhere LeakyReLU is safer.'
  }),
  LeakyReLU: ({ alpha }, { input }) => ({
    does: `Leaves each of its ${times(count(input), 'number')} that is above 0 as it is and multiplies the others by ${alpha}.`,
    why: `${whyNonlinear} Unlike ReLU it always passes some gradient on, and sparse gradients hurt GANs.`,
    values:
      `${alpha} below 0: at 0 it would be ReLU, at 1 it would do nothing. ${alpha === 0.3 ? '0.3 is Keras’ default, which the book used.' : alpha === 0.2 ? '0.2 is DCGAN’s.' : ''}`.trim()
  }),
  PReLU: ({ sharedAxes }, { input, weights }) => ({
    does: `Leaves each of its ${times(count(input), 'number')} that is above 0 as it is and multiplies the others by a slope that it learns: ${times(weights, 'slope')}.`,
    why: `${whyNonlinear} How much passes below 0 is left to the training.`,
    values:
      sharedAxes === undefined
        ? 'Each number has a slope of its own.'
        : `One slope is shared along the axes ${sharedAxes.join(', ')}.`
  }),
  ELU: ({ alpha }, { input }) => ({
    does: `Leaves each of its ${times(count(input), 'number')} that is above 0 as it is and bends the others towards −${alpha}.`,
    why: `${whyNonlinear} Its mean stays nearer to 0 than that of ReLU.`,
    values: `${alpha} is the least that comes out, with the sign turned.`
  }),
  Flatten: (_, { input, output }) => ({
    does: `Writes ${named(input)} as one row of ${times(count(output), 'number')}; nothing is computed.`,
    why: 'The Dense layer after it weighs every position by itself and wants a row.',
    values: input.length === 3 ? `${n(count(output))} = ${input.join('·')}.` : 'It has nothing to set.'
  }),
  Reshape: ({ targetShape }, facts) => ({
    does: `Lays ${times(count(facts.input), 'number')} out as ${named(targetShape)}; nothing is computed.`,
    why:
      targetShape.length === 3
        ? 'Convolutions need maps with height and width; from here on neighbours have a meaning.'
        : 'The next layer wants its numbers in this form.',
    values: joined(
      `${targetShape.join('·')} = ${n(count(targetShape))}.`,
      targetShape.length === 3 && wayToPicture(targetShape[0]!, facts)
    )
  }),
  Permute: ({ dims }, { input, output }) => ({
    does: `Reorders the axes of ${formatShape(input)} to ${formatShape(output)}; nothing is computed.`,
    why: 'The next layer works along another axis.',
    values: `The order ${dims.join(', ')}, counted from 1 without the batch.`
  }),
  ZeroPadding2D: (spec, { input, output }) => ({
    does: `Puts zeros around ${named(input)}, ${borderText(spec.padding)}: ${named(output)}.`,
    why: 'So that the window of the next layer can also be centred on the pixels at the border.',
    values: 'As many as the next kernel reaches beyond its middle, or what makes the size come out.'
  }),
  Cropping2D: (spec, { input, output }) => ({
    does: `Cuts the borders off ${named(input)}, ${borderText(spec.cropping)}: ${named(output)}.`,
    why: 'The size must come out, or the border holds what padding made up.',
    values: 'As many as the size is too large.'
  })
}

export const englishUnknown: Explanation = {
  does: 'What it does depends on its input, which is not known until what is wrong before it is mended.',
  why: '',
  values: ''
}
