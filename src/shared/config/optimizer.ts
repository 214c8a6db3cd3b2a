import { z } from 'zod'
import { flag, optionalReal, real, whole, withNote } from './field'

const common = (learningRate: number) => ({
  learningRate: real({ meaning: 'Size of a step at the first iteration.', min: 1e-8, max: 10, default: learningRate }),
  decay: real({
    meaning: 'Slows the learning down: the rate at iteration t is learningRate / (1 + decay · t).',
    unit: 'per iteration',
    min: 0,
    max: 1
  }),
  warmup: whole({
    meaning: 'The rate grows from 0 to its full size over so many updates; keeps the first ones from going too far.',
    unit: 'updates',
    min: 0,
    max: 1_000_000
  }),
  clipValue: optionalReal({ meaning: 'Cuts each element of a gradient to ± this value.', min: 1e-8, max: 1e6 }),
  clipNorm: optionalReal({ meaning: 'Shrinks each gradient to at most this Euclidean norm.', min: 1e-8, max: 1e6 })
})

const epsilon = real({
  meaning: 'Keeps the division by the gradient’s size finite.',
  min: 1e-12,
  max: 1,
  default: 1e-7
})
const momentum = real({ meaning: 'Share of the last step that is kept; 0 is off.', min: 0, max: 0.9999 })

/** The optimisers, with Keras' names and defaults; `src/main/step/optimizers` holds their formulas. */
export const optimizerSchema = withNote(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('rmsprop'),
      ...common(0.001),
      rho: real({ meaning: 'How long the mean of squared gradients remembers.', min: 0, max: 0.99999, default: 0.9 }),
      momentum,
      epsilon
    }),
    z.strictObject({
      kind: z.literal('adam'),
      ...common(0.001),
      beta1: real({ meaning: 'How long the mean of gradients remembers.', min: 0, max: 0.99999, default: 0.9 }),
      beta2: real({
        meaning: 'How long the mean of squared gradients remembers.',
        min: 0,
        max: 0.999999,
        default: 0.999
      }),
      epsilon
    }),
    z.strictObject({
      kind: z.literal('sgd'),
      ...common(0.01),
      momentum,
      nesterov: flag({ meaning: 'Looks one step ahead along the momentum.', default: false })
    })
  ]),
  { meaning: 'The rule that turns a gradient into a step.' }
)

export type OptimizerConfiguration = z.infer<typeof optimizerSchema>
export type OptimizerKind = OptimizerConfiguration['kind']
