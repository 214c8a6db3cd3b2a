import type { Axis, AxisShape } from './axis'
import { type ConvolutionShape, planConvolution } from './chooseConvolution'
import type { NarrowConvolution } from './narrowConvolution'
import type { TiledConvolution } from './tiledConvolution'

/** Memory of one convolution in a training step, in bytes. */
export interface ConvolutionMemory {
  /** What its forward pass transforms and its gradients read again: pictures, which grow with the batch. */
  readonly keptBytes: number
  /** The same of its kernel. */
  readonly kernelBytes: number
  /** What is there while it is computed, and freed afterwards. */
  readonly workspaceBytes: number
}

const bytesPerElement = 4

const positionsOf = ({ height, width, batch }: NarrowConvolution): number => height.outputs * width.outputs * batch

const tapsOf = ({ kernel }: AxisShape): number => kernel

function narrowMemory(plan: NarrowConvolution, isKept: boolean): ConvolutionMemory {
  const columns = bytesPerElement * tapsOf(plan.height) * tapsOf(plan.width) * plan.inChannels * positionsOf(plan)
  return { keptBytes: isKept ? columns : 0, kernelBytes: 0, workspaceBytes: 2 * columns }
}

const pointsOf = ({ height, width }: TiledConvolution): number => height.points * width.points
const tilesOf = (axis: Axis): number => axis.tiles

function tiledMemory(whole: TiledConvolution, chunks: number, isTransposed: boolean): ConvolutionMemory {
  const { height, width, batch, inChannels, outChannels } = whole
  const phases = height.stride * width.stride
  const rows = bytesPerElement * pointsOf(whole) * tilesOf(height) * tilesOf(width) * batch
  const [inputs, outputs] = [rows * phases * inChannels, rows * outChannels]
  return {
    keptBytes: isTransposed ? outputs : inputs,
    kernelBytes: bytesPerElement * pointsOf(whole) * phases * inChannels * outChannels,
    // Both sides of the products, and one of them once more while its axes are reordered.
    workspaceBytes: (inputs + outputs + Math.max(inputs, outputs)) / chunks
  }
}

/**
 * What a convolution takes on the CPU besides its input, its output and its kernel.
 *
 * @param isTransposed true where the layer's forward pass is the convolution's input gradient
 */
export function convolutionMemory(shape: ConvolutionShape, isTransposed: boolean): ConvolutionMemory {
  const plan = planConvolution(shape)
  switch (plan.kind) {
    case 'direct':
      return { keptBytes: 0, kernelBytes: 0, workspaceBytes: 0 }
    case 'narrow':
      return narrowMemory(plan.narrow, !isTransposed)
    case 'mirrored':
      return narrowMemory(plan.narrow, isTransposed)
    case 'tiled':
      return tiledMemory(plan.whole, plan.batches.length, isTransposed)
  }
}
