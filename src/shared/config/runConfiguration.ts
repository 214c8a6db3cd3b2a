import { z } from 'zod'
import { architectureSchema } from '../architecture/architecture'
import { choice, flag, real, whole, withNote } from './field'
import { optimizerSchema } from './optimizer'

/** How pictures are made into training examples; size and colour follow from the architecture. */
export const dataConfigurationSchema = z.strictObject({
  crop: choice(['centre', 'pad', 'stretch'], {
    meaning: 'How a picture that is not square becomes one: cut at the centre, padded with black, or stretched.',
    default: 'centre'
  }),
  flip: flag({ meaning: 'Shows each picture mirrored left to right half of the time.', default: false }),
  classes: withNote(z.array(z.string()).default([]), { meaning: 'Classes to learn from; none named means all.' })
})

export const lossConfigurationSchema = z.strictObject({
  kind: choice(['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein'], {
    meaning:
      'The game: cross-entropy with a generator that minimises −log D(G(z)), or log(1 − D(G(z))) as in the paper’s minimax game; or squared distances, hinges or plain means of the discriminator’s output.',
    default: 'non-saturating'
  }),
  discriminatorSays: choice(['real', 'generated'], {
    meaning: 'What the discriminator’s output 1 means; Chollet’s book trains it to say “generated”.',
    default: 'real'
  }),
  realTarget: real({
    meaning:
      'Target for real pictures, as their probability of being real; below 1 is one-sided label smoothing. For cross-entropy only.',
    min: 0.5,
    max: 1,
    default: 1
  }),
  labelNoise: real({
    meaning:
      'Adds labelNoise · U(0, 1) to each of the discriminator’s labels, 1 being “generated”. For cross-entropy only.',
    min: 0,
    max: 0.5
  }),
  gradientPenalty: choice(['none', 'r1', 'wgan-gp'], {
    meaning:
      'Keeps the discriminator smooth: R1 shrinks its gradient at real pictures, WGAN-GP pulls the gradient between real and generated ones to the length 1.',
    default: 'none'
  }),
  penaltyWeight: real({
    meaning: 'How much the gradient penalty counts: γ / 2 = half of it for R1, λ for WGAN-GP.',
    min: 0,
    max: 10_000,
    default: 10
  })
})

const scheduleConfigurationSchema = z.strictObject({
  steps: whole({ meaning: 'Iterations to train.', unit: 'iterations', min: 1, max: 100_000_000, default: 10_000 }),
  batchSize: whole({ meaning: 'Real pictures in each update.', unit: 'pictures', min: 1, max: 1024, default: 32 }),
  accumulate: whole({
    meaning:
      'Parts in which each batch is computed, one after the other, before their mean gradient is used: less memory, and the same training where no network has batch normalisation.',
    unit: 'parts',
    min: 1,
    max: 64,
    default: 1
  }),
  discriminatorSteps: whole({
    meaning: 'Discriminator updates for each generator update.',
    min: 1,
    max: 10,
    default: 1
  }),
  emaDecay: real({
    meaning:
      'Share of the averaged generator that is kept at each iteration, less at first; 0 makes it the newest generator.',
    min: 0,
    max: 0.99999,
    default: 0.999
  }),
  latentDistribution: choice(['normal', 'uniform'], {
    meaning:
      'What latents are drawn from: a Gaussian, or a uniform distribution of the same variance, which spreads them less evenly.',
    default: 'normal'
  }),
  seed: whole({ meaning: 'Same seed, same run, on the same engine.', min: 0, max: Number.MAX_SAFE_INTEGER })
})

export const outputConfigurationSchema = z.strictObject({
  logEvery: whole({
    meaning: 'Iterations between two lines of metrics.',
    unit: 'iterations',
    min: 1,
    max: 100_000,
    default: 1
  }),
  sampleEvery: whole({
    meaning: 'Iterations between two sample grids.',
    unit: 'iterations',
    min: 1,
    max: 1_000_000,
    default: 100
  }),
  sampleCount: whole({ meaning: 'Pictures in the sample grid.', unit: 'pictures', min: 1, max: 256, default: 64 }),
  checkpointEvery: whole({
    meaning: 'Iterations between two checkpoints.',
    unit: 'iterations',
    min: 1,
    max: 1_000_000,
    default: 500
  }),
  scoreEvery: whole({
    meaning:
      'Iterations between two measurements of quality, which are also made at checkpoints; left out where they would slow training by more than 5 %. 0 is off.',
    unit: 'iterations',
    min: 0,
    max: 1_000_000,
    default: 500
  }),
  keepCheckpoints: whole({
    meaning: 'Newest checkpoints that are kept.',
    unit: 'checkpoints',
    min: 1,
    max: 1000,
    default: 5
  }),
  keepBest: whole({
    meaning: 'Best checkpoints that are kept besides; as long as nothing was measured, there are none.',
    unit: 'checkpoints',
    min: 1,
    max: 1000,
    default: 3
  }),
  keepBestBy: choice(['swd', 'msssim'], {
    meaning:
      'What “best” means: the smallest sliced Wasserstein distance to the pictures, or an MS-SSIM nearest to theirs.',
    default: 'swd'
  }),
  keepInterval: whole({
    meaning: 'Also keeps the checkpoints at each multiple of so many iterations. 0 is off.',
    unit: 'iterations',
    min: 0,
    max: 100_000_000
  }),
  keepFree: whole({
    meaning: 'Free space that is left on the disk: below it, training saves and pauses.',
    unit: 'megabytes',
    min: 0,
    max: 1_000_000,
    default: 200
  })
})

/** Everything that decides a run, besides the pictures themselves. */
export const runConfigurationSchema = z.strictObject({
  /** Name of the preset it started from; information only. */
  preset: z.string().min(1).max(64),
  architecture: architectureSchema,
  data: dataConfigurationSchema.prefault({}),
  generatorOptimizer: optimizerSchema,
  discriminatorOptimizer: optimizerSchema,
  loss: lossConfigurationSchema.prefault({}),
  schedule: scheduleConfigurationSchema.prefault({}),
  output: outputConfigurationSchema.prefault({})
})

export type DataConfiguration = z.infer<typeof dataConfigurationSchema>
export type OutputConfiguration = z.infer<typeof outputConfigurationSchema>
export type LossConfiguration = z.infer<typeof lossConfigurationSchema>
export type RunConfiguration = z.infer<typeof runConfigurationSchema>
export type RunConfigurationInput = z.input<typeof runConfigurationSchema>
