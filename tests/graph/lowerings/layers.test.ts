import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import * as tfl from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerGradients } from '../../../src/main/step/gradients'
import type { Program } from '../../../src/main/step/program'
import { Random } from '../../../src/shared/random/random'
import { sizeOf } from '../../../src/shared/tensor'
import { type Draw, expectSameProgram, integers, normal } from '../../support/parity'

type Layer = tfl.layers.Layer

interface Case {
  readonly name: string
  /** Layers of a sequential model; made late, since each needs a backend for its first weights. */
  readonly layers: () => Layer[]
  readonly inputShape: number[]
  readonly input?: (...shape: number[]) => Draw
}

registerGradients()

const batch = 3
const maps = [7, 6, 4]
const on = (inputShape: number[], name: string, ...layers: (() => Layer)[]): Case => ({
  name,
  layers: () => layers.map((layer) => layer()),
  inputShape
})
const { layers } = tfl

type Activation = Parameters<typeof layers.activation>[0]['activation']

const activations: readonly Activation[] = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'softmax',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new'
]

const cases: readonly Case[] = [
  on([5], 'Dense', () => layers.dense({ units: 3, activation: 'tanh' })),
  on(maps, 'Dense on maps', () => layers.dense({ units: 3, useBias: false })),
  on(maps, 'Conv2D', () =>
    layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' })
  ),
  on([9, 4], 'Conv1D', () => layers.conv1d({ filters: 3, kernelSize: 3, strides: 2 })),
  on([4, 5, 4, 2], 'Conv3D', () => layers.conv3d({ filters: 2, kernelSize: 2, padding: 'same' })),
  on(maps, 'Conv2DTranspose', () => layers.conv2dTranspose({ filters: 3, kernelSize: 5, strides: 2, padding: 'same' })),
  on(maps, 'Conv2DTranspose, valid, stride 3', () => layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 3 })),
  on(maps, 'DepthwiseConv2D', () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' })),
  on(maps, 'SeparableConv2D', () =>
    layers.separableConv2d({ filters: 3, kernelSize: 3, strides: 2, activation: 'elu' })
  ),
  on(maps, 'BatchNormalization', () => layers.batchNormalization()),
  on([5], 'BatchNormalization of rows', () => layers.batchNormalization({ momentum: 0.8 })),
  on(maps, 'LayerNormalization', () => layers.layerNormalization()),
  on([5, 5, 3], 'UpSampling2D bilinear', () => layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' })),
  on([4, 4, 3], 'AveragePooling2D', () => layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' })),
  on(maps, 'MaxPooling2D', () => layers.maxPooling2d({ poolSize: [3, 2], strides: 2, padding: 'same' })),
  on([9, 3], 'MaxPooling1D', () => layers.maxPooling1d({ poolSize: 3 })),
  on(maps, 'GlobalAveragePooling2D', () => layers.globalAveragePooling2d({})),
  on(maps, 'GlobalMaxPooling2D', () => layers.globalMaxPooling2d({})),
  {
    ...on([3], 'Embedding', () => layers.embedding({ inputDim: 5, outputDim: 4 })),
    input: (...shape) => integers(0, 5, ...shape)
  },
  on(maps, 'LeakyReLU', () => layers.leakyReLU({ alpha: 0.2 })),
  on(maps, 'PReLU', () => layers.prelu({ alphaInitializer: 'ones', sharedAxes: [1, 2] })),
  on(maps, 'ELU', () => layers.elu()),
  on(maps, 'ReLU', () => layers.reLU({ maxValue: 0.8 })),
  on(maps, 'ThresholdedReLU', () => layers.thresholdedReLU({ theta: 0.4 })),
  on(maps, 'Flatten', () => layers.flatten()),
  on([12], 'Reshape', () => layers.reshape({ targetShape: [2, -1, 3] })),
  on(maps, 'Permute', () => layers.permute({ dims: [3, 1, 2] })),
  on(maps, 'ZeroPadding2D', () =>
    layers.zeroPadding2d({
      padding: [
        [1, 0],
        [2, 1]
      ]
    })
  ),
  on(maps, 'Cropping2D', () =>
    layers.cropping2D({
      cropping: [
        [1, 0],
        [2, 1]
      ]
    })
  ),
  on([6], 'RepeatVector', () => layers.repeatVector({ n: 3 })),
  ...activations.map((activation) => on([4, 6], activation, () => layers.activation({ activation })))
]

/** Its variables by stable names, with drawn values: positive, since variances are among them. */
function variablesOf(model: tfl.LayersModel): Map<string, tf.Variable> {
  const entries = model.weights.map((weight, i) => {
    const variable = weight.read()
    if (!(variable instanceof tf.Variable)) {
      throw new Error(`${weight.name}: expected a variable`)
    }
    const values = new Random(5, 'initialWeights', i).uniforms(sizeOf(variable.shape), 0.5, 1.5)
    variable.assign(tf.tensor(values, variable.shape))
    return [`weight ${i}`, variable] as const
  })
  return new Map(entries)
}

function applyTo(model: tfl.LayersModel, x: tf.Tensor, training: boolean): tf.Tensor {
  const y = model.apply(x, { training })
  if (!(y instanceof tf.Tensor)) {
    throw new Error('expected one output')
  }
  return y
}

/** The model in use and in training, and the gradients of Σ y · dy with respect to its input and weights. */
function modelProgram(name: string, model: tfl.LayersModel, inputShape: number[], input: 'float32' | 'int32'): Program {
  const variables = variablesOf(model)
  const trainable = model.trainableWeights.flatMap((weight) => {
    const index = model.weights.findIndex(({ id }) => id === weight.id)
    return [[`d weight ${index}`, variables.get(`weight ${index}`)!] as const]
  })
  const outputShape = model.outputs[0]!.shape.slice(1).map((side) => side ?? 1)
  return {
    name,
    inputs: {
      x: { dtype: input, shape: [batch, ...inputShape] },
      dy: { dtype: 'float32', shape: [batch, ...outputShape] }
    },
    variables,
    outputs: ['used', 'trained', ...(input === 'float32' ? ['dx'] : []), ...trainable.map(([output]) => output)],
    run: ({ x, dy }) => {
      const loss = (given: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(applyTo(model, given, true), dy!))
      const list = trainable.map(([, variable]) => variable)
      const grads: tf.NamedTensorMap = list.length > 0 ? tf.variableGrads(() => loss(x!), list).grads : {}
      return {
        used: applyTo(model, x!, false),
        trained: applyTo(model, x!, true),
        ...(input === 'float32' ? { dx: tf.grad(loss)(x!) } : {}),
        ...Object.fromEntries(trainable.map(([output, variable]) => [output, grads[variable.name]!]))
      }
    }
  }
}

async function compare(name: string, model: tfl.LayersModel, inputShape: number[], draw: (...shape: number[]) => Draw) {
  const random = new Random(6, 'generate')
  const x = draw(batch, ...inputShape)(random)
  const program = modelProgram(name, model, inputShape, x.dtype === 'int32' ? 'int32' : 'float32')
  return expectSameProgram(program, { x, dy: normal(...program.inputs.dy!.shape)(random) })
}

describe('compiled, a LayersModel agrees with tfjs in use, in training and in all gradients', () => {
  // Weights of tfjs' layers live on the backend that is active when they are made.
  beforeAll(() => tf.setBackend('cpu'))

  it.each(cases)('$name', async ({ name, layers: makeLayers, inputShape, input = normal }) => {
    const [first, ...rest] = makeLayers()
    const symbolic = tfl.input({ shape: inputShape, dtype: input === normal ? 'float32' : 'int32' })
    const output = [first!, ...rest].reduce((x, layer) => oneSymbolic(layer.apply(x)), symbolic)
    await compare(name, tfl.model({ inputs: symbolic, outputs: output }), inputShape, input)
  })

  it('merging layers', async () => {
    const symbolic = tfl.input({ shape: [5] })
    const branch = (units: number) => oneSymbolic(layers.dense({ units }).apply(symbolic))
    const merged = [layers.add(), layers.multiply(), layers.maximum(), layers.minimum(), layers.average()].map(
      (layer) => oneSymbolic(layer.apply([branch(4), branch(4)]))
    )
    const output = oneSymbolic(layers.concatenate().apply([...merged, branch(2)]))
    await compare('merging', tfl.model({ inputs: symbolic, outputs: output }), [5], normal)
  })
})

/** What a layer makes of a symbolic tensor. */
function oneSymbolic(output: tf.Tensor | tf.Tensor[] | tfl.SymbolicTensor | tfl.SymbolicTensor[]): tfl.SymbolicTensor {
  if (!(output instanceof tfl.SymbolicTensor)) {
    throw new Error('expected one symbolic tensor')
  }
  return output
}

describe('a whole training step through tfjs', () => {
  it('moves weights, moving averages and the slots of a tfjs optimiser alike', async () => {
    await tf.setBackend('cpu')
    const model = tfl.sequential({
      layers: [
        layers.conv2d({
          inputShape: [8, 8, 3],
          filters: 4,
          kernelSize: 3,
          strides: 2,
          padding: 'same',
          useBias: false
        }),
        layers.batchNormalization({ momentum: 0.9 }),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.flatten(),
        layers.dense({ units: 1 })
      ]
    })
    const weights = variablesOf(model)
    const before = new Map(Array.from(weights, ([name, variable]) => [name, tf.clone(variable)]))
    const trained = model.trainableWeights
      .map((weight) => weight.read())
      .filter((weight) => weight instanceof tf.Variable)
    const optimizer = tf.train.rmsprop(0.01, 0.9, 0.5)
    const minimize = (x: tf.Tensor) =>
      optimizer.minimize(() => tf.mean<tf.Scalar>(tf.softplus(applyTo(model, x, true))), true, trained)!
    // The first step makes the slots.
    minimize(tf.ones([4, 8, 8, 3]))
    const slots = (await optimizer.getWeights()).flatMap(({ name, tensor }) =>
      tensor instanceof tf.Variable ? [[`slot ${name}`, tensor] as const] : []
    )
    weights.forEach((variable, name) => {
      variable.assign(before.get(name)!)
    })
    const program: Program = {
      name: 'train',
      inputs: { x: { dtype: 'float32', shape: [4, 8, 8, 3] } },
      variables: new Map([...weights, ...slots]),
      outputs: ['loss'],
      run: ({ x }) => ({ loss: minimize(x!) })
    }
    const after = await expectSameProgram(program, { x: normal(4, 8, 8, 3)(new Random(6, 'generate')) })
    expect(slots.length).toBe(2 * trained.length)
    // Weights and moving averages have all moved.
    for (const [name, tensor] of before) {
      expect(after.get(name)!.data, name).not.toEqual(tensor.dataSync())
    }
  })
})
