import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { analyzeNetwork } from '../../src/main/model/analysis'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { buildNetwork, forward, type Network } from '../../src/main/model/network'
import type { NetworkInput } from '../../src/shared/architecture/layerNames'
import { type LayerType, layerSchema } from '../../src/shared/architecture/layers'
import { Random } from '../../src/shared/random/random'
import { keysOf } from '../../src/shared/records'
import { sizeOf } from '../../src/shared/tensor'

interface Case {
  /** Fields besides the type, as they stand in a file; the layer under test is the last. */
  readonly layers: readonly object[]
  readonly input: readonly number[]
  readonly output: readonly number[]
  readonly parameters: number
  readonly multiplyAdds?: number
}

const maps = [6, 6, 4]

/** Shapes, parameters and costs worked out by hand, for every layer type; the compiler asks for a new one. */
const cases: { readonly [Type in LayerType]: readonly Case[] } = {
  Dense: [
    { layers: [{ units: 5 }], input: [3], output: [5], parameters: 20, multiplyAdds: 15 },
    { layers: [{ units: 5, useBias: false }], input: maps, output: [6, 6, 5], parameters: 20, multiplyAdds: 720 }
  ],
  Conv2D: [
    { layers: [{ filters: 2, kernelSize: 3 }], input: maps, output: [4, 4, 2], parameters: 74, multiplyAdds: 1152 },
    {
      layers: [{ filters: 2, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }],
      input: [7, 6, 4],
      output: [4, 3, 2],
      parameters: 50,
      multiplyAdds: 576
    },
    {
      layers: [{ filters: 1, kernelSize: 3, dilationRate: 2 }],
      input: maps,
      output: [2, 2, 1],
      parameters: 37,
      multiplyAdds: 144
    }
  ],
  Conv2DTranspose: [
    {
      layers: [{ filters: 3, kernelSize: 4, strides: 2, padding: 'same' }],
      input: maps,
      output: [12, 12, 3],
      parameters: 195,
      multiplyAdds: 6912
    },
    {
      layers: [{ filters: 3, kernelSize: 3, strides: 2 }],
      input: maps,
      output: [13, 13, 3],
      parameters: 111,
      multiplyAdds: 3888
    }
  ],
  DepthwiseConv2D: [
    {
      layers: [{ kernelSize: 3, depthMultiplier: 2 }],
      input: maps,
      output: [4, 4, 8],
      parameters: 80,
      multiplyAdds: 1152
    }
  ],
  SeparableConv2D: [
    {
      layers: [{ filters: 5, kernelSize: 3, padding: 'same', depthMultiplier: 2 }],
      input: maps,
      output: [6, 6, 5],
      parameters: 72 + 40 + 5,
      multiplyAdds: 36 * (72 + 40)
    }
  ],
  BatchNormalization: [
    { layers: [{}], input: maps, output: maps, parameters: 16 },
    { layers: [{ center: false, scale: false }], input: [5], output: [5], parameters: 10 }
  ],
  LayerNormalization: [
    { layers: [{}], input: maps, output: maps, parameters: 8 },
    { layers: [{ scale: false }], input: [5], output: [5], parameters: 5 }
  ],
  Dropout: [{ layers: [{ rate: 0.5 }], input: maps, output: maps, parameters: 0 }],
  UpSampling2D: [
    { layers: [{}], input: maps, output: [12, 12, 4], parameters: 0 },
    { layers: [{ size: [1, 3], interpolation: 'bilinear' }], input: maps, output: [6, 18, 4], parameters: 0 }
  ],
  AveragePooling2D: [
    { layers: [{}], input: [7, 7, 4], output: [3, 3, 4], parameters: 0 },
    { layers: [{ padding: 'same' }], input: [7, 7, 4], output: [4, 4, 4], parameters: 0 }
  ],
  MaxPooling2D: [{ layers: [{ poolSize: 3, strides: 1 }], input: maps, output: [4, 4, 4], parameters: 0 }],
  GlobalAveragePooling2D: [{ layers: [{}], input: maps, output: [4], parameters: 0 }],
  Embedding: [{ layers: [{ inputs: ['label'], inputDim: 10, outputDim: 3 }], input: [], output: [3], parameters: 30 }],
  Concatenate: [
    {
      layers: [{ type: 'Conv2D', name: 'a', filters: 2, kernelSize: 1 }, { inputs: ['a', 'input', 'input'] }],
      input: maps,
      output: [6, 6, 10],
      parameters: 10,
      multiplyAdds: 288
    }
  ],
  Add: [{ layers: [{ inputs: ['input', 'input'] }], input: maps, output: maps, parameters: 0 }],
  Multiply: [
    {
      layers: [{ type: 'AveragePooling2D', name: 'a', poolSize: 6 }, { inputs: ['a', 'input'] }],
      input: maps,
      output: maps,
      parameters: 0
    }
  ],
  Activation: [
    { layers: [{ activation: 'gelu_new' }], input: maps, output: maps, parameters: 0 },
    { layers: [{ activation: 'mish' }], input: [5], output: [5], parameters: 0 }
  ],
  ReLU: [
    { layers: [{ maxValue: 6 }], input: maps, output: maps, parameters: 0 },
    { layers: [{}], input: maps, output: maps, parameters: 0 }
  ],
  LeakyReLU: [{ layers: [{ alpha: 0.2 }], input: maps, output: maps, parameters: 0 }],
  PReLU: [
    { layers: [{}], input: maps, output: maps, parameters: 144 },
    { layers: [{ sharedAxes: [1, 2] }], input: maps, output: maps, parameters: 4 }
  ],
  ELU: [{ layers: [{ alpha: 0.5 }], input: maps, output: maps, parameters: 0 }],
  Flatten: [
    { layers: [{}], input: maps, output: [144], parameters: 0 },
    { layers: [{}], input: [5], output: [5], parameters: 0 }
  ],
  Reshape: [{ layers: [{ targetShape: [12, 12] }], input: maps, output: [12, 12], parameters: 0 }],
  Permute: [{ layers: [{ dims: [3, 1, 2] }], input: [5, 6, 4], output: [4, 5, 6], parameters: 0 }],
  ZeroPadding2D: [
    {
      layers: [
        {
          padding: [
            [1, 2],
            [0, 3]
          ]
        }
      ],
      input: maps,
      output: [9, 9, 4],
      parameters: 0
    }
  ],
  Cropping2D: [{ layers: [{ cropping: [1, 2] }], input: maps, output: [4, 2, 4], parameters: 0 }]
}

const batch = 2

function build(type: LayerType, { layers, input }: Case): Network {
  const specs = layers.map((fields) => layerSchema.parse({ type, ...fields }))
  const name: NetworkInput = type === 'Embedding' ? 'label' : 'input'
  return buildNetwork('generator', analyzeNetwork('generator', specs, new Map([[name, input]])))
}

/** Gives every variable values in (0.5, 1.5), so that none hides by being zero. */
function randomize(network: Network): void {
  for (const [position, variable] of [...network.variables.values()].entries()) {
    const values = new Random(1, 'initialWeights', position).uniforms(variable.size, 0.5, 1.5)
    variable.assign(tf.tensor(values, variable.shape))
  }
}

function run(network: Network, type: LayerType, { input }: Case, training: boolean): tf.Tensor {
  const shape = [batch, ...input]
  const x = tf.tensor(new Random(2, 'generate').normals(sizeOf(shape)), shape)
  const mask = tf.fill(shape, 2)
  const masks = new Map(network.layers.map(({ name }) => [name, mask]))
  const given = type === 'Embedding' ? { label: tf.tensor([7, 3], [batch], 'int32') } : { input: x }
  return forward(network, given, { training, updateStatistics: training, masks })
}

describe.each(keysOf(cases))('%s', (type) => {
  beforeAll(useHostBackend)

  it.each(cases[type])('has the shape, parameters and cost worked out by hand: $layers of $input', (layerCase) => {
    const { analysis } = build(type, layerCase)
    expect(analysis.outputShape).toEqual(layerCase.output)
    expect(analysis.parameters).toBe(layerCase.parameters)
    expect(analysis.multiplyAdds).toBe(layerCase.multiplyAdds ?? 0)
  })

  it.each(cases[type])(
    'agrees with tfjs on parameters and on the shape that comes out: $layers of $input',
    (layerCase) => {
      const network = build(type, layerCase)
      const counted = network.layers.reduce((sum, { operation }) => sum + operation.layer.countParams(), 0)
      expect(network.analysis.parameters).toBe(counted)
      randomize(network)
      for (const training of [false, true]) {
        const y = tf.tidy(() => run(network, type, layerCase, training))
        expect(y.shape).toEqual([batch, ...layerCase.output])
        expect(y.dataSync().every(Number.isFinite)).toBe(true)
      }
    }
  )
})
