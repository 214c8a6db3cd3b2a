import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { EngineSpeed } from '../../shared/contract/model'
import { sizeOf } from '../../shared/tensor'
import { convolutionSeconds, reckonedSpeed } from '../graph/lowerings/convolution/chooseConvolution'
import type { LayerExamination, NetworkExamination } from '../model/examination'
import { passesOfLayers } from '../model/stepCosts'
import { convolutionShapeOf } from './layerConvolution'

const bytesPerElement = 4

/** A result is written, read by the next layer, and both again for its gradient. */
const touches = 3

/** Of one pass of one layer, on the computer that the compiler's constants were measured on. */
function secondsOfPass(
  { spec, inputShapes, outputShape, multiplyAdds }: LayerExamination,
  batch: number
): number | null {
  const [input] = inputShapes
  if (input === null || input === undefined || outputShape === null || multiplyAdds === null) {
    return null
  }
  const { productFlopsPerSecond, memoryBytesPerSecond } = reckonedSpeed
  const shape = convolutionShapeOf(spec, input, outputShape, batch)
  const products = shape === null ? (2 * batch * multiplyAdds) / productFlopsPerSecond : convolutionSeconds(shape)
  return products + (touches * bytesPerElement * batch * sizeOf(outputShape)) / memoryBytesPerSecond
}

/**
 * Seconds of each layer in one iteration on the CPU engine, as the compiler reckons when it chooses how to compute a
 * convolution; null where a layer's shapes are not known.
 */
export function secondsOfLayers(
  network: NetworkExamination,
  { batchSize, discriminatorSteps }: RunConfiguration['schedule']
): readonly (number | null)[] {
  const passes = passesOfLayers(network, discriminatorSteps)
  return network.layers.map((layer, i) => {
    const seconds = secondsOfPass(layer, batchSize)
    return seconds === null ? null : seconds * passes[i]!
  })
}

/** How much longer a computer of this speed takes than the one that the compiler reckons with. */
export const slowdown = ({ gflops }: EngineSpeed): number =>
  reckonedSpeed.productFlopsPerSecond / 1e9 / Math.max(gflops, 1e-3)
