import type { LayerSpec } from '../../shared/architecture/layers'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { MemoryEstimate } from '../../shared/contract/model'
import { sizeOf } from '../../shared/tensor'
import { type ConvolutionMemory, convolutionMemory } from '../graph/lowerings/convolution/convolutionMemory'
import {
  type ArchitectureExamination,
  type LayerExamination,
  type NetworkExamination,
  parametersOf
} from '../model/examination'
import { createOptimizer } from '../step/optimizers'
import { convolutionShapeOf } from './layerConvolution'

const bytesPerElement = 4

/** The runtime, Node and the compiled step of a small model; measured on Linux. */
const programBytes = 150e6

/** What a step reads and where it writes, and a copy on its way: when it is made, and whenever it is saved. */
const stateCopies = 3

const none: ConvolutionMemory = { keptBytes: 0, kernelBytes: 0, workspaceBytes: 0 }

/** Pictures that are computed at once: a part of the batch, where it is computed in parts. */
const pictures = ({ batchSize, accumulate }: RunConfiguration['schedule']): number => Math.ceil(batchSize / accumulate)

/** Layers of which a training step keeps nothing but what the layers around them keep. */
const viewsOnly: ReadonlySet<LayerSpec['type']> = new Set(['Reshape', 'Flatten', 'Permute'])

/** What one forward pass of a layer keeps for its gradient, besides what it reads. */
interface LayerMemory extends ConvolutionMemory {
  /** Of the layer's own results. */
  readonly outputBytes: number
}

function memoryOf({ spec, inputShapes, outputShape }: LayerExamination, batch: number): LayerMemory {
  const [input] = inputShapes
  if (outputShape === null || input === undefined || input === null) {
    return { ...none, outputBytes: 0 }
  }
  const outputBytes = viewsOnly.has(spec.type) ? 0 : bytesPerElement * batch * sizeOf(outputShape)
  const shape = convolutionShapeOf(spec, input, outputShape, batch)
  return { ...(shape === null ? none : convolutionMemory(shape, spec.type === 'Conv2DTranspose')), outputBytes }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** All that is kept of one network's forward pass on so many pictures. */
const keptBy = ({ layers }: NetworkExamination, batch: number): number =>
  sum(
    layers
      .map((layer) => memoryOf(layer, batch))
      .map((memory) => memory.outputBytes + memory.keptBytes + memory.kernelBytes)
  )

const workspaceOf = ({ layers }: NetworkExamination, batch: number): number =>
  Math.max(
    0,
    ...layers.map((layer) => memoryOf(layer, batch)).map((memory) => memory.workspaceBytes + 2 * memory.outputBytes)
  )

const countOf = ({ layers }: NetworkExamination, which: 'all' | 'trainable'): number =>
  sum(
    layers.map(({ weights }) => parametersOf((weights ?? []).filter(({ trainable }) => which === 'all' || trainable)))
  )

/**
 * Memory that is there for each layer in training: what its forward pass keeps, its transformed kernel, and its weights
 * with all that belongs to them. Null where its shapes are not known.
 */
export function memoryOfLayers(
  network: NetworkExamination,
  { schedule, generatorOptimizer, discriminatorOptimizer }: RunConfiguration
): readonly (number | null)[] {
  const isGenerator = network.role === 'generator'
  const slots = createOptimizer(isGenerator ? generatorOptimizer : discriminatorOptimizer).slots.length
  // The gradient once; the weights, the slots and, of the generator, the averages as often as the state.
  const copies = 1 + stateCopies * (1 + slots + (isGenerator ? 1 : 0))
  return network.layers.map((layer) => {
    if (layer.weights === null || layer.outputShape === null) {
      return null
    }
    const { outputBytes, keptBytes, kernelBytes } = memoryOf(layer, pictures(schedule))
    return outputBytes + keptBytes + kernelBytes + bytesPerElement * copies * parametersOf(layer.weights)
  })
}

const isWhole = ({ findings, layers }: NetworkExamination): boolean =>
  findings.length === 0 && layers.every(({ weights }) => weights !== null)

const hasBatchStatistics = ({ layers }: NetworkExamination): boolean =>
  layers.some(({ spec }) => spec.type === 'BatchNormalization')

/**
 * Memory of the process that trains, at its peak, on the CPU engine: the state, one network's
 * gradients, what the forward passes of the larger of both updates keep, and the workspace of one convolution.
 *
 * @returns null where a network does not fit together
 */
export function estimateMemory(
  { generator, discriminator }: ArchitectureExamination,
  { schedule, generatorOptimizer, discriminatorOptimizer }: RunConfiguration
): MemoryEstimate | null {
  if (!isWhole(generator) || !isWhole(discriminator)) {
    return null
  }
  const batch = pictures(schedule)
  const slots = (optimizer: RunConfiguration['generatorOptimizer']) => createOptimizer(optimizer).slots.length
  const state =
    // Weights, and their averages.
    2 * countOf(generator, 'all') +
    countOf(discriminator, 'all') +
    slots(generatorOptimizer) * countOf(generator, 'trainable') +
    slots(discriminatorOptimizer) * countOf(discriminator, 'trainable')
  const together = hasBatchStatistics(discriminator) ? 1 : 2
  const parts = {
    stateBytes: stateCopies * bytesPerElement * state,
    gradientBytes: bytesPerElement * Math.max(countOf(generator, 'trainable'), countOf(discriminator, 'trainable')),
    activationBytes: Math.max(
      keptBy(generator, batch) + keptBy(discriminator, batch),
      keptBy(discriminator, together * batch) * (together === 1 ? 2 : 1)
    ),
    workspaceBytes: Math.max(workspaceOf(generator, batch), workspaceOf(discriminator, together * batch)),
    programBytes
  }
  return { ...parts, totalBytes: sum(Object.values(parts)) }
}
