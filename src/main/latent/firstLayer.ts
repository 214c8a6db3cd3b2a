import { KwiatError } from '../../shared/errors'
import type { HostTensor } from '../../shared/tensor'
import type { Network } from '../model/network'

type Layer = Network['layers'][number]

/** Only give what they read another shape. */
const reshaping: ReadonlySet<string> = new Set(['Reshape', 'Flatten'])

/** Rows for the axis of the kernel that stands for the latent's elements, row by row. */
function rowsOf({ data, shape }: HostTensor, latentAxis: number): Float32Array[] {
  const inner = shape.slice(latentAxis + 1).reduce((product, dim) => product * dim, 1)
  const latentSize = shape[latentAxis]!
  const rows = Array.from({ length: latentSize }, () => new Float32Array(data.length / latentSize))
  data.forEach((value, i) => {
    const outer = Math.floor(i / (inner * latentSize))
    rows[Math.floor(i / inner) % latentSize]![outer * inner + (i % inner)] = value
  })
  return rows
}

/** Position of the latent's elements in the kernel of a layer that is linear in them; null for other layers. */
function latentAxisOf({ spec, inputShapes: [shape] }: Layer): number | null {
  const isPixel = shape!.length === 3 && shape![0] === 1 && shape![1] === 1
  switch (spec.type) {
    case 'Dense':
      return shape!.length === 1 ? 0 : null
    case 'Conv2DTranspose':
      return isPixel ? 3 : null
    case 'Conv2D':
      return isPixel ? 2 : null
    default:
      return null
  }
}

/** The layers that read the latents, straight or after a reshaping. */
function readersOf({ layers }: Network): readonly Layer[] {
  const names = new Set<string>(['input'])
  return layers.filter(({ name, spec, inputs }) => {
    const reads = inputs.some((input) => names.has(input))
    if (reads && reshaping.has(spec.type)) {
      names.add(name)
      return false
    }
    return reads
  })
}

/**
 * A generator's first layer as a matrix A: it computes zᵀA + b of latents z. Where several layers read the latents, their
 * columns stand side by side.
 *
 * @param weights by name
 * @returns A row by row, [latentSize, columns]
 * @throws KwiatError `directions-unavailable` when a layer that isn't linear reads the latents
 */
export function firstLayerMatrix(network: Network, weights: ReadonlyMap<string, HostTensor>): Float32Array {
  const blocks = readersOf(network).map((layer) => {
    const axis = latentAxisOf(layer)
    const kernel = weights.get(`${network.name}/${layer.name}/kernel`)
    if (axis === null || kernel === undefined) {
      throw new KwiatError('directions-unavailable', {
        who: `generator, layer ${layer.name}`,
        expected: 'a Dense layer, or a convolution of one pixel, as the first to read the latents',
        actual: `a layer ${layer.spec.type}`,
        todo: 'use the directions of features'
      })
    }
    return rowsOf(kernel, axis)
  })
  const rows = blocks[0]!.map((_, row) => Float32Array.from(blocks.flatMap((block) => [...block[row]!])))
  const columns = rows[0]!.length
  const matrix = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => {
    matrix.set(row, i * columns)
  })
  return matrix
}
