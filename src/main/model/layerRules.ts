import type { Initializer, LayerOf, LayerSpec, LayerType } from '../../shared/architecture/layers'
import { dispatch } from '../../shared/dispatch'
import { sizeOf } from '../../shared/tensor'
import {
  formatShape,
  isSameShape,
  lastDimension,
  onlyInput,
  onlyMaps,
  type Shape,
  ShapeProblem,
  severalInputs,
  toBorders,
  toPair
} from './shapes'

/** A weight of a layer, with tfjs' name and shape for it. */
export interface WeightSpec {
  readonly name: string
  readonly shape: Shape
  readonly initializer: Initializer
  /** False for statistics that are averaged, not learnt. */
  readonly trainable: boolean
}

/** What can be known about a layer before it is built; shapes are without the batch dimension. */
export interface LayerRule {
  /** @throws ShapeProblem where the layer cannot take these inputs */
  readonly outputShape: (inputs: readonly Shape[]) => Shape
  /** Weights in tfjs' order. */
  readonly weights: (inputs: readonly Shape[]) => readonly WeightSpec[]
  /** Multiplications with a weight in one forward pass of one picture; padding counts, elementwise work does not. */
  readonly multiplyAdds: (inputs: readonly Shape[], output: Shape) => number
}

const constant = (value: number): Initializer => ({ kind: 'constant', value })

const learnt = (name: string, shape: Shape, initializer: Initializer): WeightSpec => ({
  name,
  shape,
  initializer,
  trainable: true
})

const bias = (used: boolean, size: number): readonly WeightSpec[] => (used ? [learnt('bias', [size], constant(0))] : [])

const noWeights = () => []
const noMultiplyAdds = () => 0

/** A layer without weights. */
const weightless = (outputShape: LayerRule['outputShape']): LayerRule => ({
  outputShape,
  weights: noWeights,
  multiplyAdds: noMultiplyAdds
})

const elementwise = () => weightless(onlyInput)

type Padding = 'valid' | 'same'

/** Positions of a window along one axis: ⌈n / stride⌉ when padded, ⌈(n − extent + 1) / stride⌉ otherwise. */
function windowPositions(length: number, extent: number, stride: number, padding: Padding): number {
  if (padding === 'valid' && extent > length) {
    throw new ShapeProblem(
      {
        en: {
          expected: `maps of at least ${extent} pixels a side for its window`,
          actual: `${length} pixels`,
          todo: 'use padding "same", a smaller window, or fewer strided layers before it'
        },
        pl: {
          expected: `mapy o boku co najmniej ${extent} pikseli, tyle ma jej okno`,
          actual: `bok w pikselach: ${length}`,
          todo: 'użyj dopełnienia „same”, mniejszego okna albo mniej warstw z krokiem przed nią'
        }
      },
      'kernel-larger-than-input'
    )
  }
  return Math.ceil((padding === 'same' ? length : length - extent + 1) / stride)
}

interface Window {
  readonly size: number | readonly [number, number]
  readonly strides: number | readonly [number, number]
  readonly dilationRate?: number | readonly [number, number]
  readonly padding: Padding
}

/** Height and width after sliding a window over maps of `height` × `width`. */
function slide([height, width]: readonly number[], window: Window): readonly [number, number] {
  const [kernelHeight, kernelWidth] = toPair(window.size)
  const [strideHeight, strideWidth] = toPair(window.strides)
  const [dilationHeight, dilationWidth] = toPair(window.dilationRate ?? 1)
  if (Math.max(strideHeight, strideWidth) > 1 && Math.max(dilationHeight, dilationWidth) > 1) {
    throw new ShapeProblem({
      en: { expected: 'strides or dilation', actual: 'both', todo: 'set strides or dilationRate to 1' },
      pl: {
        expected: 'krok albo rozrzedzenie jądra',
        actual: 'jedno i drugie',
        todo: 'ustaw strides lub dilationRate na 1'
      }
    })
  }
  return [
    windowPositions(height!, (kernelHeight - 1) * dilationHeight + 1, strideHeight, window.padding),
    windowPositions(width!, (kernelWidth - 1) * dilationWidth + 1, strideWidth, window.padding)
  ]
}

function denseRule({ units, useBias, kernelInitializer }: LayerOf<'Dense'>): LayerRule {
  return {
    outputShape: (inputs) => {
      lastDimension(inputs)
      return [...onlyInput(inputs).slice(0, -1), units]
    },
    weights: (inputs) => [learnt('kernel', [lastDimension(inputs), units], kernelInitializer), ...bias(useBias, units)],
    multiplyAdds: (inputs) => sizeOf(onlyInput(inputs)) * units
  }
}

function convolutionRule(spec: LayerOf<'Conv2D'>): LayerRule {
  const { filters, useBias, kernelInitializer } = spec
  const kernelShape = (inputs: readonly Shape[]) => [...toPair(spec.kernelSize), onlyMaps(inputs)[2], filters]
  return {
    outputShape: (inputs) => [...slide(onlyMaps(inputs), { ...spec, size: spec.kernelSize }), filters],
    weights: (inputs) => [learnt('kernel', kernelShape(inputs), kernelInitializer), ...bias(useBias, filters)],
    multiplyAdds: (inputs, [height, width]) => height! * width! * sizeOf(kernelShape(inputs))
  }
}

/** Length after a transposed convolution (Keras' rule): n·s when padded, n·s + max(k − s, 0) otherwise. */
const transposedLength = (length: number, kernel: number, stride: number, padding: Padding): number =>
  length * stride + (padding === 'valid' ? Math.max(kernel - stride, 0) : 0)

function transposedConvolutionRule(spec: LayerOf<'Conv2DTranspose'>): LayerRule {
  const { filters, useBias, kernelInitializer, padding } = spec
  const [kernelHeight, kernelWidth] = toPair(spec.kernelSize)
  const [strideHeight, strideWidth] = toPair(spec.strides)
  const kernelShape = (inputs: readonly Shape[]) => [kernelHeight, kernelWidth, filters, onlyMaps(inputs)[2]]
  return {
    outputShape: (inputs) => {
      const [height, width] = onlyMaps(inputs)
      return [
        transposedLength(height, kernelHeight, strideHeight, padding),
        transposedLength(width, kernelWidth, strideWidth, padding),
        filters
      ]
    },
    weights: (inputs) => [learnt('kernel', kernelShape(inputs), kernelInitializer), ...bias(useBias, filters)],
    multiplyAdds: (inputs) => {
      const [height, width] = onlyMaps(inputs)
      return height * width * sizeOf(kernelShape(inputs))
    }
  }
}

function depthwiseRule(spec: LayerOf<'DepthwiseConv2D'>): LayerRule {
  const { depthMultiplier, useBias, kernelInitializer } = spec
  const outputChannels = (inputs: readonly Shape[]) => onlyMaps(inputs)[2] * depthMultiplier
  const kernelShape = (inputs: readonly Shape[]) => [...toPair(spec.kernelSize), onlyMaps(inputs)[2], depthMultiplier]
  return {
    outputShape: (inputs) => [...slide(onlyMaps(inputs), { ...spec, size: spec.kernelSize }), outputChannels(inputs)],
    weights: (inputs) => [
      learnt('depthwise_kernel', kernelShape(inputs), kernelInitializer),
      ...bias(useBias, outputChannels(inputs))
    ],
    multiplyAdds: (inputs, [height, width]) => height! * width! * sizeOf(kernelShape(inputs))
  }
}

function separableRule(spec: LayerOf<'SeparableConv2D'>): LayerRule {
  const { depthMultiplier, filters, useBias, kernelInitializer } = spec
  const depthwiseShape = (inputs: readonly Shape[]) => [
    ...toPair(spec.kernelSize),
    onlyMaps(inputs)[2],
    depthMultiplier
  ]
  const pointwiseShape = (inputs: readonly Shape[]) => [1, 1, onlyMaps(inputs)[2] * depthMultiplier, filters]
  return {
    outputShape: (inputs) => [...slide(onlyMaps(inputs), { ...spec, size: spec.kernelSize }), filters],
    weights: (inputs) => [
      learnt('depthwise_kernel', depthwiseShape(inputs), kernelInitializer),
      learnt('pointwise_kernel', pointwiseShape(inputs), kernelInitializer),
      ...bias(useBias, filters)
    ],
    multiplyAdds: (inputs, [height, width]) =>
      height! * width! * (sizeOf(depthwiseShape(inputs)) + sizeOf(pointwiseShape(inputs)))
  }
}

interface Normalization {
  readonly center: boolean
  readonly scale: boolean
  readonly gammaInitializer?: Initializer
}

const scaleAndCenter = (spec: Normalization, inputs: readonly Shape[]): readonly WeightSpec[] => {
  const shape = [lastDimension(inputs)]
  return [
    ...(spec.scale ? [learnt('gamma', shape, spec.gammaInitializer ?? constant(1))] : []),
    ...(spec.center ? [learnt('beta', shape, constant(0))] : [])
  ]
}

function batchNormalizationRule(spec: LayerOf<'BatchNormalization'>): LayerRule {
  const statistic = (name: string, inputs: readonly Shape[], value: number): WeightSpec => ({
    name,
    shape: [lastDimension(inputs)],
    initializer: constant(value),
    trainable: false
  })
  return {
    ...weightless(onlyInput),
    weights: (inputs) => [
      ...scaleAndCenter(spec, inputs),
      statistic('moving_mean', inputs, 0),
      statistic('moving_variance', inputs, 1)
    ]
  }
}

function poolingRule(spec: LayerOf<'AveragePooling2D'> | LayerOf<'MaxPooling2D'>): LayerRule {
  return weightless((inputs) => {
    const maps = onlyMaps(inputs)
    const strides = spec.strides ?? spec.poolSize
    return [...slide(maps, { size: spec.poolSize, strides, padding: spec.padding }), maps[2]]
  })
}

function concatenatedShape({ axis }: LayerOf<'Concatenate'>, inputs: readonly Shape[]): Shape {
  const [first, ...others] = severalInputs(inputs)
  // As in Keras, axes count the batch dimension.
  const position = axis < 0 ? first.length + axis : axis - 1
  if (position < 0 || position >= first.length) {
    const rank = first.length
    throw new ShapeProblem({
      en: {
        expected: `an axis from 1 to ${rank} (or −${rank} to −1) for inputs of shape ${formatShape(first)}`,
        actual: `${axis}`,
        todo: 'choose another axis'
      },
      pl: {
        expected: `oś od 1 do ${rank} (lub od −${rank} do −1) dla wejść o kształcie ${formatShape(first)}`,
        actual: `${axis}`,
        todo: 'wybierz inną oś'
      }
    })
  }
  const withoutAxis = (shape: Shape) => shape.filter((_, i) => i !== position)
  const odd = others.find(
    (shape) => shape.length !== first.length || !isSameShape(withoutAxis(shape), withoutAxis(first))
  )
  if (odd !== undefined) {
    throw new ShapeProblem({
      en: {
        expected: `inputs that differ in axis ${axis} only`,
        actual: `${formatShape(first)} and ${formatShape(odd)}`,
        todo: 'bring its inputs to the same size first'
      },
      pl: {
        expected: `wejścia różniące się tylko osią ${axis}`,
        actual: `${formatShape(first)} i ${formatShape(odd)}`,
        todo: 'najpierw sprowadź wejścia do tego samego rozmiaru'
      }
    })
  }
  const total = inputs.reduce((sum, shape) => sum + shape[position]!, 0)
  return first.map((dimension, i) => (i === position ? total : dimension))
}

/** The shape of an elementwise result; a dimension of 1 is repeated. */
function broadcastShape(inputs: readonly Shape[]): Shape {
  return severalInputs(inputs).reduce((a, b) => {
    const fits = a.length === b.length && a.every((n, axis) => n === b[axis] || n === 1 || b[axis] === 1)
    if (!fits) {
      throw new ShapeProblem({
        en: {
          expected: 'inputs of the same shape',
          actual: `${formatShape(a)} and ${formatShape(b)}`,
          todo: 'bring its inputs to the same shape first'
        },
        pl: {
          expected: 'wejścia o tym samym kształcie',
          actual: `${formatShape(a)} i ${formatShape(b)}`,
          todo: 'najpierw sprowadź wejścia do tego samego kształtu'
        }
      })
    }
    return a.map((n, axis) => Math.max(n, b[axis]!))
  })
}

function preluRule({ sharedAxes, alphaInitializer }: LayerOf<'PReLU'>): LayerRule {
  const alphaShape = (inputs: readonly Shape[]) =>
    onlyInput(inputs).map((dimension, i) => (sharedAxes?.includes(i + 1) ? 1 : dimension))
  return {
    ...elementwise(),
    outputShape: (inputs) => {
      const shape = onlyInput(inputs)
      const beyond = sharedAxes?.find((axis) => axis > shape.length)
      if (beyond !== undefined) {
        throw new ShapeProblem({
          en: {
            expected: `shared axes from 1 to ${shape.length} for an input of shape ${formatShape(shape)}`,
            actual: `${beyond}`,
            todo: 'name axes that the input has'
          },
          pl: {
            expected: `wspólne osie od 1 do ${shape.length} dla wejścia o kształcie ${formatShape(shape)}`,
            actual: `${beyond}`,
            todo: 'podaj osie, które wejście ma'
          }
        })
      }
      return shape
    },
    weights: (inputs) => [learnt('alpha', alphaShape(inputs), alphaInitializer)]
  }
}

function reshapedShape({ targetShape }: LayerOf<'Reshape'>, inputs: readonly Shape[]): Shape {
  const shape = onlyInput(inputs)
  if (sizeOf(shape) !== sizeOf(targetShape)) {
    throw new ShapeProblem({
      en: {
        expected: `an input of ${sizeOf(targetShape)} numbers for its target shape ${formatShape(targetShape)}`,
        actual: `${sizeOf(shape)} (${formatShape(shape)})`,
        todo: 'make the products of both shapes equal'
      },
      pl: {
        expected: `tyle liczb na wejściu, ile ma kształt docelowy ${formatShape(targetShape)}: ${sizeOf(targetShape)}`,
        actual: `${sizeOf(shape)} (${formatShape(shape)})`,
        todo: 'zrównaj iloczyny obu kształtów'
      }
    })
  }
  return targetShape
}

function permutedShape({ dims }: LayerOf<'Permute'>, inputs: readonly Shape[]): Shape {
  const shape = onlyInput(inputs)
  const isPermutation =
    dims.length === shape.length && [...dims].sort((a, b) => a - b).every((axis, i) => axis === i + 1)
  if (!isPermutation) {
    throw new ShapeProblem({
      en: {
        expected: `dims that name each axis of ${formatShape(shape)} once, counted from 1`,
        actual: `[${dims.join(', ')}]`,
        todo: 'list every axis once'
      },
      pl: {
        expected: `dims z każdą osią kształtu ${formatShape(shape)} dokładnie raz, licząc od 1`,
        actual: `[${dims.join(', ')}]`,
        todo: 'wymień każdą oś jeden raz'
      }
    })
  }
  return dims.map((axis) => shape[axis - 1]!)
}

function croppedShape({ cropping }: LayerOf<'Cropping2D'>, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = onlyMaps(inputs)
  const [[top, bottom], [left, right]] = toBorders(cropping)
  const cropped = [height - top - bottom, width - left - right] as const
  if (Math.min(...cropped) < 1) {
    const borders = `${top + bottom}×${left + right}`
    throw new ShapeProblem({
      en: {
        expected: `maps larger than its borders of ${borders} pixels`,
        actual: `${height}×${width}`,
        todo: 'cut off less'
      },
      pl: {
        expected: `mapy większe niż przycinane brzegi, ${borders} pikseli`,
        actual: `${height}×${width}`,
        todo: 'przytnij mniej'
      }
    })
  }
  return [...cropped, channels]
}

function paddedShape({ padding }: LayerOf<'ZeroPadding2D'>, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = onlyMaps(inputs)
  const [[top, bottom], [left, right]] = toBorders(padding)
  return [height + top + bottom, width + left + right, channels]
}

function enlargedShape({ size }: LayerOf<'UpSampling2D'>, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = onlyMaps(inputs)
  const [vertical, horizontal] = toPair(size)
  return [height * vertical, width * horizontal, channels]
}

/** Keras' default for embeddings: U(−0.05, 0.05). */
const embeddingInitializer: Initializer = { kind: 'uniform', low: -0.05, high: 0.05 }

const layerRules: { readonly [Type in LayerType]: (spec: LayerOf<Type>) => LayerRule } = {
  Dense: denseRule,
  Conv2D: convolutionRule,
  Conv2DTranspose: transposedConvolutionRule,
  DepthwiseConv2D: depthwiseRule,
  SeparableConv2D: separableRule,
  BatchNormalization: batchNormalizationRule,
  LayerNormalization: (spec) => ({
    ...weightless(onlyInput),
    weights: (inputs) => scaleAndCenter(spec, inputs)
  }),
  Dropout: elementwise,
  UpSampling2D: (spec) => weightless((inputs) => enlargedShape(spec, inputs)),
  AveragePooling2D: poolingRule,
  MaxPooling2D: poolingRule,
  GlobalAveragePooling2D: () => weightless((inputs) => [onlyMaps(inputs)[2]]),
  Embedding: ({ inputDim, outputDim }) => ({
    ...weightless((inputs) => [...onlyInput(inputs), outputDim]),
    weights: () => [learnt('embeddings', [inputDim, outputDim], embeddingInitializer)]
  }),
  Concatenate: (spec) => weightless((inputs) => concatenatedShape(spec, inputs)),
  Add: () => weightless(broadcastShape),
  Multiply: () => weightless(broadcastShape),
  Activation: elementwise,
  ReLU: elementwise,
  LeakyReLU: elementwise,
  PReLU: preluRule,
  ELU: elementwise,
  Flatten: () => weightless((inputs) => [sizeOf(onlyInput(inputs))]),
  Reshape: (spec) => weightless((inputs) => reshapedShape(spec, inputs)),
  Permute: (spec) => weightless((inputs) => permutedShape(spec, inputs)),
  ZeroPadding2D: (spec) => weightless((inputs) => paddedShape(spec, inputs)),
  Cropping2D: (spec) => weightless((inputs) => croppedShape(spec, inputs))
}

/** Shapes, weights and cost of a layer with these fields. */
export const layerRule = (spec: LayerSpec): LayerRule => dispatch('type', layerRules, spec)
