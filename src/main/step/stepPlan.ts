import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { LatentDistribution } from '../../shared/latent/drawLatents'
import type { Stream } from '../../shared/random/random'
import type { TensorSpec } from '../../shared/tensor'
import { type ArchitectureAnalysis, dropoutsOf, hasBatchStatistics, type NetworkAnalysis } from '../model/analysis'
import { createGradientPenalty } from './gradientPenalty'
import type { Optimizer } from './optimizers'

/** Where the value of an input comes from at each iteration. */
export type InputDraw =
  | { readonly kind: 'pictures'; readonly update: number }
  /** Of mean 0 and variance 1. */
  | { readonly kind: 'latents'; readonly stream: Stream; readonly distribution: LatentDistribution }
  /** U(0, 1) */
  | { readonly kind: 'uniform'; readonly stream: Stream }
  /** 1 / (1 − rate) where something is kept, 0 with probability rate. */
  | { readonly kind: 'mask'; readonly rate: number }
  | { readonly kind: 'scalar'; readonly value: (iteration: number) => number }

export interface StepInput extends TensorSpec {
  readonly draw: InputDraw
}

/** One forward pass of a network within a step; its dropout masks are called after it. */
interface NetworkCall {
  readonly name: string
  readonly analysis: NetworkAnalysis
  readonly batch: number
}

/**
 * Names of a step's inputs. `update` counts the discriminator's updates within the step; a call is one forward pass of
 * one network.
 */
export const inputNames = {
  pictures: (update: number) => `real/${update}`,
  latentOfDiscriminator: (update: number) => `latent/d/${update}`,
  latentOfGenerator: 'latent/g',
  noise: (update: number, which: 'fake' | 'real') => `noise/d/${update}/${which}`,
  penaltyMix: (update: number) => `mix/d/${update}`,
  mask: (call: string, layer: string) => `mask/${call}/${layer}`,
  discriminatorRate: (update: number) => `rate/discriminator/${update}`,
  generatorRate: 'rate/generator',
  averageRate: 'rate/ema'
} as const

/** Names of the forward passes of a step. */
export const callNames = {
  generatorForDiscriminator: (update: number) => `d/${update}/generator`,
  discriminatorOnBoth: (update: number) => `d/${update}/both`,
  discriminatorOnFake: (update: number) => `d/${update}/fake`,
  discriminatorOnReal: (update: number) => `d/${update}/real`,
  discriminatorForPenalty: (update: number) => `d/${update}/penalty`,
  generator: 'g/generator',
  discriminatorForGenerator: 'g/discriminator'
} as const

/**
 * True where generated and real pictures pass the discriminator as one batch [generated, real], which is faster. With
 * batch normalisation they must not: each would be normalised by the other's statistics (Radford et al. 2016 and the
 * usual practice since use a batch of each).
 */
export const judgesTogether = ({ discriminator }: ArchitectureAnalysis): boolean => !hasBatchStatistics(discriminator)

interface Plan {
  readonly configuration: RunConfiguration
  readonly analysis: ArchitectureAnalysis
  readonly generatorOptimizer: Optimizer
  readonly discriminatorOptimizer: Optimizer
}

type Entry = readonly [string, StepInput]

const scalarInput = (value: (iteration: number) => number): StepInput => ({
  dtype: 'float32',
  shape: [],
  draw: { kind: 'scalar', value }
})

const maskInputs = ({ name, analysis, batch }: NetworkCall): readonly Entry[] =>
  dropoutsOf(analysis).map(({ name: layer, rate, shape }) => [
    inputNames.mask(name, layer),
    { dtype: 'float32', shape: [batch, ...shape], draw: { kind: 'mask', rate } }
  ])

/** The discriminator's forward passes in its own update. */
function judgingCalls(analysis: ArchitectureAnalysis, batch: number, update: number): readonly NetworkCall[] {
  const { discriminator } = analysis
  return judgesTogether(analysis)
    ? [{ name: callNames.discriminatorOnBoth(update), analysis: discriminator, batch: 2 * batch }]
    : [
        { name: callNames.discriminatorOnFake(update), analysis: discriminator, batch },
        { name: callNames.discriminatorOnReal(update), analysis: discriminator, batch }
      ]
}

const latentInput = ({ architecture, schedule }: RunConfiguration, stream: Stream): StepInput => ({
  dtype: 'float32',
  shape: [schedule.batchSize, architecture.latentSize],
  draw: { kind: 'latents', stream, distribution: schedule.latentDistribution }
})

/** What the gradient penalty needs of its own: ε, and the masks of its forward pass. */
function penaltyInputs(
  { loss, schedule }: RunConfiguration,
  { discriminator }: ArchitectureAnalysis,
  update: number
): readonly Entry[] {
  if (createGradientPenalty(loss) === null) {
    return []
  }
  const batch = schedule.batchSize
  const mix: StepInput = {
    dtype: 'float32',
    shape: [batch, 1, 1, 1],
    draw: { kind: 'uniform', stream: 'penaltyMix' }
  }
  return [
    ...(loss.gradientPenalty === 'wgan-gp' ? [[inputNames.penaltyMix(update), mix] as const] : []),
    ...maskInputs({ name: callNames.discriminatorForPenalty(update), analysis: discriminator, batch })
  ]
}

function discriminatorInputs({ configuration, analysis, discriminatorOptimizer }: Plan, update: number) {
  const { architecture, schedule, loss } = configuration
  const { batchSize: batch, discriminatorSteps } = schedule
  const { pictureSize, channels } = architecture
  const generation = { name: callNames.generatorForDiscriminator(update), analysis: analysis.generator, batch }
  const noise: StepInput = { dtype: 'float32', shape: [batch, 1], draw: { kind: 'uniform', stream: 'labelNoise' } }
  const entries: readonly Entry[] = [
    [
      inputNames.pictures(update),
      { dtype: 'uint8', shape: [batch, pictureSize, pictureSize, channels], draw: { kind: 'pictures', update } }
    ],
    [inputNames.latentOfDiscriminator(update), latentInput(configuration, 'latentDiscriminator')],
    [
      inputNames.discriminatorRate(update),
      scalarInput((iteration) => discriminatorOptimizer.rate(iteration * discriminatorSteps + update))
    ],
    ...(loss.labelNoise > 0 ? (['fake', 'real'] as const) : []).map(
      (which) => [inputNames.noise(update, which), noise] as const
    ),
    ...[generation, ...judgingCalls(analysis, batch, update)].flatMap(maskInputs),
    ...penaltyInputs(configuration, analysis, update)
  ]
  return entries
}

function generatorInputs({ configuration, analysis, generatorOptimizer }: Plan): readonly Entry[] {
  const { batchSize: batch, emaDecay } = configuration.schedule
  const calls: readonly NetworkCall[] = [
    { name: callNames.generator, analysis: analysis.generator, batch },
    { name: callNames.discriminatorForGenerator, analysis: analysis.discriminator, batch }
  ]
  return [
    [inputNames.latentOfGenerator, latentInput(configuration, 'latentGenerator')],
    [inputNames.generatorRate, scalarInput(generatorOptimizer.rate)],
    [inputNames.averageRate, scalarInput((iteration) => averageRate(emaDecay, iteration))],
    ...calls.flatMap(maskInputs)
  ]
}

/**
 * Share of the newest generator in the average at iteration t: 1 − min(decay, (1 + t) / (10 + t)). The average thus
 * forgets the first, random weights quickly (as TensorFlow's ExponentialMovingAverage does with num_updates).
 */
export const averageRate = (decay: number, iteration: number): number =>
  1 - Math.min(decay, (1 + iteration) / (10 + iteration))

/** All inputs of a training step by name, with where each one's value comes from. */
export function planInputs(plan: Plan): ReadonlyMap<string, StepInput> {
  const updates = Array.from({ length: plan.configuration.schedule.discriminatorSteps }, (_, update) => update)
  return new Map([...updates.flatMap((update) => discriminatorInputs(plan, update)), ...generatorInputs(plan)])
}
