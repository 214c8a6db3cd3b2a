import type { OptimizerConfiguration } from '../../shared/config/optimizer'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { Random } from '../../shared/random/random'
import { float32, type HostTensor, sizeOf } from '../../shared/tensor'
import { analyzeArchitecture, type NetworkAnalysis } from '../model/analysis'
import { initialValues } from '../model/initializers'
import { type NetworkName, weightsOf } from '../model/network'
import { createOptimizer } from './optimizers'
import { slotName } from './updater'

/** Indices of the discriminator's weights in their random stream; a change of the generator leaves them as they were. */
const firstDiscriminatorIndex = 0x10000

type Tensors = readonly (readonly [string, HostTensor])[]

function initialWeights(network: NetworkName, analysis: NetworkAnalysis, seed: number, firstIndex: number): Tensors {
  return weightsOf(network, analysis).map(({ path, shape, initializer }, i) => {
    const random = new Random(seed, 'initialWeights', firstIndex + i)
    return [path, float32(initialValues(initializer, shape, random), shape)]
  })
}

function initialSlots(network: NetworkName, analysis: NetworkAnalysis, configuration: OptimizerConfiguration): Tensors {
  const { slots } = createOptimizer(configuration)
  return weightsOf(network, analysis)
    .filter(({ trainable }) => trainable)
    .flatMap(({ path, shape }) =>
      slots.map((slot) => [slotName(slot, path), float32(new Float32Array(sizeOf(shape)), shape)] as const)
    )
}

const averagesOf = (generator: Tensors): Tensors =>
  generator.map(([name, tensor]) => [
    name.replace(/^generator/, 'ema'),
    float32(Float32Array.from(tensor.data), tensor.shape)
  ])

/**
 * All state of a run before its first iteration by name: weights, statistics, averages (copies of the generator) and
 * slots (zeros). The configuration's seed decides it.
 *
 * @throws KwiatError `architecture-invalid` that names the first layer that does not fit
 */
export function initialState(configuration: RunConfiguration): Map<string, HostTensor> {
  const { architecture, schedule, generatorOptimizer, discriminatorOptimizer } = configuration
  const { generator, discriminator } = analyzeArchitecture(architecture)
  const generatorWeights = initialWeights('generator', generator, schedule.seed, 0)
  return new Map([
    ...generatorWeights,
    ...initialWeights('discriminator', discriminator, schedule.seed, firstDiscriminatorIndex),
    ...averagesOf(generatorWeights),
    ...initialSlots('generator', generator, generatorOptimizer),
    ...initialSlots('discriminator', discriminator, discriminatorOptimizer)
  ])
}
