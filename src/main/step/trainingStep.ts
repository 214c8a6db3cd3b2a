import * as tf from '@tensorflow/tfjs-core'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { KwiatError } from '../../shared/errors'
import { recordOf } from '../../shared/records'
import type { TensorSpec } from '../../shared/tensor'
import { type ArchitectureAnalysis, dropoutsOf, hasBatchStatistics } from '../model/analysis'
import { type ForwardOptions, forward, type Network, type Networks } from '../model/network'
import { createGradientPenalty, type GradientPenalty } from './gradientPenalty'
import { registerGradients } from './gradients'
import { type InputPart, splitInputs } from './inputParts'
import { type AdversarialLoss, createLoss, type Judgement, type LabelNoise } from './losses'
import { createOptimizer } from './optimizers'
import type { Program } from './program'
import type { StepInputs } from './stepInputs'
import { callNames, inputNames, judgesTogether, planInputs } from './stepPlan'
import { createUpdater, type Updater } from './updater'

/**
 * Losses of both players and the mean probability of being real that the discriminator gave to the real and to the
 * generated pictures of its (last) update, before that update.
 */
export const trainingOutputs = ['loss/d', 'loss/g', 'score/real', 'score/fake'] as const
export type TrainingOutput = (typeof trainingOutputs)[number]

/** One iteration of training as a program, and how its inputs are drawn. */
export interface TrainingStep extends Program<string, TrainingOutput>, StepInputs {
  /** Frees the optimisers' slots. */
  dispose(): void
}

type Inputs = Readonly<Record<string, tf.Tensor>>

interface Parts {
  readonly networks: Networks
  readonly analysis: ArchitectureAnalysis
  readonly loss: AdversarialLoss
  readonly penalty: GradientPenalty | null
  readonly generatorUpdater: Updater
  readonly discriminatorUpdater: Updater
}

function inputOf(inputs: Inputs, name: string): tf.Tensor {
  const input = inputs[name]
  if (input === undefined) {
    throw new Error(`training step: expected input ${name}, got none`)
  }
  return input
}

/** One forward pass in training, with the dropout masks of that call. */
function apply(network: Network, input: tf.Tensor, call: string, inputs: Inputs, options?: Partial<ForwardOptions>) {
  const masks = new Map(
    dropoutsOf(network.analysis).map(({ name }) => [name, inputOf(inputs, inputNames.mask(call, name))])
  )
  return forward(network, { input }, { training: true, masks, ...options })
}

/** uint8 0 … 255 to [−1, 1]. */
const scaled = (pictures: tf.Tensor): tf.Tensor => tf.sub(tf.div(tf.cast(pictures, 'float32'), 127.5), 1)

/** The discriminator's logits in its own update, for generated and real pictures. */
function judge({ networks, analysis }: Parts, update: number, fake: tf.Tensor, real: tf.Tensor, inputs: Inputs) {
  const { discriminator } = networks
  const options = { updateStatistics: true }
  if (!judgesTogether(analysis)) {
    return {
      fake: apply(discriminator, fake, callNames.discriminatorOnFake(update), inputs, options),
      real: apply(discriminator, real, callNames.discriminatorOnReal(update), inputs, options)
    }
  }
  const both = apply(discriminator, tf.concat([fake, real]), callNames.discriminatorOnBoth(update), inputs, options)
  const [fakeLogits, realLogits] = tf.split(both, 2)
  return { fake: fakeLogits!, real: realLogits! } satisfies Judgement
}

function noiseOf(update: number, inputs: Inputs): LabelNoise | undefined {
  const fake = inputs[inputNames.noise(update, 'fake')]
  const real = inputs[inputNames.noise(update, 'real')]
  return fake === undefined || real === undefined ? undefined : { fake, real }
}

/** What the discriminator minimises; the generator's pictures are given, so that its weights take no part. The loss has the penalty in it. */
function discriminatorObjective(parts: Parts, update: number, inputs: Inputs) {
  const { networks, loss, penalty } = parts
  const latent = inputOf(inputs, inputNames.latentOfDiscriminator(update))
  const real = scaled(inputOf(inputs, inputNames.pictures(update)))
  const fake = apply(networks.generator, latent, callNames.generatorForDiscriminator(update), inputs)
  const penalize = (term: GradientPenalty) =>
    term({
      judge: (pictures) => apply(networks.discriminator, pictures, callNames.discriminatorForPenalty(update), inputs),
      real,
      fake,
      mix: inputs[inputNames.penaltyMix(update)]
    })
  return () => {
    const judgement = judge(parts, update, fake, real, inputs)
    const adversarial = loss.discriminator(judgement, noiseOf(update, inputs))
    return {
      loss: penalty === null ? adversarial : tf.add<tf.Scalar>(adversarial, penalize(penalty)),
      extra: { real: loss.score(judgement.real), fake: loss.score(judgement.fake) }
    }
  }
}

/** What the generator minimises, through the discriminator as it is now, which stays as it is. */
const generatorObjective =
  ({ networks: { generator, discriminator }, loss }: Parts, inputs: Inputs) =>
  () => {
    const latent = inputOf(inputs, inputNames.latentOfGenerator)
    const pictures = apply(generator, latent, callNames.generator, inputs, { updateStatistics: true })
    const logits = apply(discriminator, pictures, callNames.discriminatorForGenerator, inputs)
    return { loss: loss.generator(logits), extra: {} }
  }

function updateDiscriminator(parts: Parts, update: number, batch: readonly InputPart[], inputs: Inputs) {
  const terms = batch.map((part) => ({
    share: part.share,
    objective: discriminatorObjective(parts, update, part.inputs)
  }))
  return parts.discriminatorUpdater.minimize(terms, inputOf(inputs, inputNames.discriminatorRate(update)))
}

function updateGenerator(parts: Parts, batch: readonly InputPart[], inputs: Inputs) {
  const terms = batch.map((part) => ({ share: part.share, objective: generatorObjective(parts, part.inputs) }))
  return parts.generatorUpdater.minimize(terms, inputOf(inputs, inputNames.generatorRate))
}

/** average ← (1 − rate) · average + rate · weight, for learnt weights and statistics alike. */
function updateAverage({ generator, ema }: Networks, rate: tf.Tensor): void {
  const weights = [...generator.variables.values()]
  const kept = tf.sub(1, rate)
  for (const [position, average] of [...ema.variables.values()].entries()) {
    average.assign(tf.add(tf.mul(average, kept), tf.mul(weights[position]!, rate)))
  }
}

function runStep(
  parts: Parts,
  schedule: RunConfiguration['schedule'],
  inputs: Inputs
): Record<TrainingOutput, tf.Tensor> {
  const batch = splitInputs(inputs, schedule.batchSize, schedule.accumulate)
  let discriminator = updateDiscriminator(parts, 0, batch, inputs)
  for (let update = 1; update < schedule.discriminatorSteps; update++) {
    discriminator = updateDiscriminator(parts, update, batch, inputs)
  }
  const generator = updateGenerator(parts, batch, inputs)
  updateAverage(parts.networks, inputOf(inputs, inputNames.averageRate))
  return {
    'loss/d': discriminator.loss,
    'loss/g': generator.loss,
    'score/real': discriminator.real,
    'score/fake': discriminator.fake
  }
}

/** Statistics of a part are not those of the batch, so that the sum of the parts would be another training. */
function checkAccumulation({ schedule }: RunConfiguration, analysis: ArchitectureAnalysis): void {
  const normalised = (['generator', 'discriminator'] as const).filter((name) => hasBatchStatistics(analysis[name]))
  if (schedule.accumulate > 1 && normalised.length > 0) {
    throw new KwiatError('configuration-invalid', {
      who: 'schedule.accumulate',
      expected: `1 with batch normalisation (in the ${normalised.join(' and the ')}), whose statistics are those of the whole batch`,
      actual: `${schedule.accumulate}`,
      todo: 'set it to 1 and lower schedule.batchSize, or take the BatchNormalization layers out'
    })
  }
}

/**
 * One iteration of adversarial training: the discriminator's updates, then the generator's through the updated
 * discriminator, then the average of the generator. Each network's batch statistics move in its own update only.
 *
 * Inputs: `real/<update>` uint8 [batch, size, size, channels]; `latent/d/<update>` and `latent/g` [batch, latentSize];
 * `noise/d/<update>/fake|real` [batch, 1] with label noise; `mix/d/<update>` [batch, 1, 1, 1] with WGAN-GP; `mask/<call>/<layer>` for dropout; `rate/…` scalars.
 */
export function createTrainingStep(configuration: RunConfiguration, networks: Networks): TrainingStep {
  registerGradients()
  const { generator, discriminator, ema } = networks
  const analysis = { generator: generator.analysis, discriminator: discriminator.analysis }
  checkAccumulation(configuration, analysis)
  const generatorOptimizer = createOptimizer(configuration.generatorOptimizer)
  const discriminatorOptimizer = createOptimizer(configuration.discriminatorOptimizer)
  const parts: Parts = {
    networks,
    analysis,
    loss: createLoss(configuration.loss),
    penalty: createGradientPenalty(configuration.loss),
    generatorUpdater: createUpdater(generator, generatorOptimizer),
    discriminatorUpdater: createUpdater(discriminator, discriminatorOptimizer)
  }
  const slots = new Map([...parts.generatorUpdater.slots, ...parts.discriminatorUpdater.slots])
  const stepInputs = planInputs({ configuration, analysis, generatorOptimizer, discriminatorOptimizer })
  return {
    name: 'train',
    seed: configuration.schedule.seed,
    stepInputs,
    inputs: recordOf<string, TensorSpec>([...stepInputs.keys()], (name) => stepInputs.get(name)!),
    variables: new Map([...generator.variables, ...discriminator.variables, ...ema.variables, ...slots]),
    outputs: trainingOutputs,
    run: (inputs) => runStep(parts, configuration.schedule, inputs),
    dispose: () => tf.dispose([...slots.values()])
  }
}
