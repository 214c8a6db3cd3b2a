import { describe, expect, it } from 'vitest'
import { layerDifferences } from '../../../src/shared/architecture/layerDifferences'
import { type LayerSpec, layerSchema } from '../../../src/shared/architecture/layers'

const layers = (...inputs: readonly object[]): readonly LayerSpec[] => inputs.map((input) => layerSchema.parse(input))
const convolution = (filters: number) => ({ type: 'Conv2D', filters, kernelSize: 3 })
const [relu, flatten] = [{ type: 'ReLU' }, { type: 'Flatten' }]

const told = (from: readonly LayerSpec[], to: readonly LayerSpec[]) =>
  layerDifferences(from, to).map((change) => `${change.kind} ${change.layer.type}`)

describe('layerDifferences', () => {
  it('tells nothing of equal networks but that they are', () => {
    const network = layers(convolution(8), relu, flatten)
    expect(told(network, network)).toEqual(['same Conv2D', 'same ReLU', 'same Flatten'])
  })

  it('tells a layer in the middle as added or removed, the others stay', () => {
    const [short, long] = [layers(convolution(8), flatten), layers(convolution(8), relu, flatten)]
    expect(told(short, long)).toEqual(['same Conv2D', 'added ReLU', 'same Flatten'])
    expect(told(long, short)).toEqual(['same Conv2D', 'removed ReLU', 'same Flatten'])
  })

  it('tells the fields in which a layer of the same type differs', () => {
    const changes = layerDifferences(layers(convolution(8)), layers({ ...convolution(16), name: 'first' }))
    expect(changes).toMatchObject([
      {
        kind: 'changed',
        differences: [
          { field: 'filters', from: 8, to: 16 },
          { field: 'name', from: undefined, to: 'first' }
        ]
      }
    ])
  })

  it('never takes a layer of another type for a changed one', () => {
    expect(told(layers(relu), layers(flatten)).sort()).toEqual(['added Flatten', 'removed ReLU'])
  })

  it('finds the fewest changes', () => {
    const from = layers(convolution(8), relu, convolution(16), relu, flatten)
    const to = layers(convolution(8), relu, convolution(12), relu, convolution(16), relu, flatten)
    const changes = told(from, to)
    expect(changes.filter((change) => !change.startsWith('same'))).toHaveLength(2)
    expect(changes).toHaveLength(7)
  })
})
