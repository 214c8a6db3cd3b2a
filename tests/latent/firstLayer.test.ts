import { describe, expect, it } from 'vitest'
import { firstLayerMatrix } from '../../src/main/latent/firstLayer'
import { analyzeNetwork } from '../../src/main/model/analysis'
import { buildNetwork, disposeNetwork } from '../../src/main/model/network'
import { layerSchema } from '../../src/shared/architecture/layers'
import { float32, sizeOf } from '../../src/shared/tensor'
import { rejection } from '../support/rejection'

/** The first layer's matrix for latents of two numbers, where the numbers of each weight count up from 0. */
function matrixOf(layers: readonly object[]): number[] {
  const specs = layers.map((layer) => layerSchema.parse(layer))
  const network = buildNetwork('ema', analyzeNetwork('generator', specs, new Map([['input', [2]]])))
  const weights = new Map(
    Array.from(network.variables, ([name, { shape }]) => [
      name,
      float32(
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => i),
        shape
      )
    ])
  )
  disposeNetwork(network)
  return [...firstLayerMatrix(network, weights)]
}

describe('the matrix of a first layer', () => {
  it('is the kernel of a Dense layer, a row for each number of a latent', () => {
    expect(matrixOf([{ type: 'Dense', units: 3 }, { type: 'LeakyReLU' }])).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('has the columns of all layers that read the latents side by side', () => {
    const layers = [
      { type: 'Dense', units: 2, name: 'one', inputs: ['input'] },
      { type: 'Dense', units: 1, name: 'two', inputs: ['input'] },
      { type: 'Concatenate', inputs: ['one', 'two'] }
    ]
    expect(matrixOf(layers)).toEqual([0, 1, 0, 2, 3, 1])
  })

  it('is the kernel of a transposed convolution of one pixel, whose last axis are the latents', () => {
    const layers = [
      { type: 'Reshape', targetShape: [1, 1, 2] },
      { type: 'Conv2DTranspose', filters: 1, kernelSize: [2, 1] }
    ]
    expect(matrixOf(layers)).toEqual([0, 2, 1, 3])
  })

  it('does not exist where the first layer is not linear', async () => {
    const error = await rejection('directions-unavailable', () =>
      matrixOf([{ type: 'LeakyReLU' }, { type: 'Dense', units: 3 }])
    )
    expect(error.message).toMatch(/LeakyReLU.*use the directions of features/)
  })
})
