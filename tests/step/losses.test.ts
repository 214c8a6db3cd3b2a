import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { binaryCrossEntropy, createLoss } from '../../src/main/step/losses'
import { type LossConfiguration, lossConfigurationSchema } from '../../src/shared/config/runConfiguration'

const lossOf = (fields: Partial<LossConfiguration> = {}) => createLoss(lossConfigurationSchema.parse(fields))
const column = (...values: number[]) => tf.tensor(values, [values.length, 1])
const numberIn = (scalar: tf.Scalar): number => scalar.dataSync()[0]!

const sigma = (x: number) => 1 / (1 + Math.exp(-x))
/** −y·ln p − (1 − y)·ln(1 − p) in double precision. */
const crossEntropy = (p: number, y: number) => -y * Math.log(p) - (1 - y) * Math.log(1 - p)

beforeAll(useHostBackend)

describe('binaryCrossEntropy', () => {
  it('is the mean of −y·ln σ(l) − (1 − y)·ln(1 − σ(l)), for labels outside of [0, 1] too', () => {
    const logits = [-3, -0.5, 0, 2]
    const labels = [0, 1, 0.3, 1.05]
    const expected = logits.reduce((sum, l, i) => sum + crossEntropy(sigma(l), labels[i]!), 0) / 4
    expect(numberIn(binaryCrossEntropy(column(...logits), column(...labels)))).toBeCloseTo(expected, 6)
  })

  it('stays finite where σ is 0 or 1 in float32: the loss is then the logit’s size', () => {
    expect(numberIn(binaryCrossEntropy(column(500), 0))).toBeCloseTo(500, 3)
    expect(numberIn(binaryCrossEntropy(column(-500), 1))).toBeCloseTo(500, 3)
    expect(numberIn(binaryCrossEntropy(column(-500), 0))).toBe(0)
  })
})

describe('createLoss', () => {
  const fake = [0.5, -1]
  const real = [2, -0.25]
  const judgement = () => ({ fake: column(...fake), real: column(...real) })

  it('asks the discriminator for 0 on generated and 1 on real pictures, averaged over both', () => {
    const terms = [...fake.map((l) => crossEntropy(sigma(l), 0)), ...real.map((l) => crossEntropy(sigma(l), 1))]
    const expected = terms.reduce((a, b) => a + b, 0) / 4
    expect(numberIn(lossOf().discriminator(judgement(), undefined))).toBeCloseTo(expected, 6)
  })

  it('smooths the target of real pictures only', () => {
    const terms = [...fake.map((l) => crossEntropy(sigma(l), 0)), ...real.map((l) => crossEntropy(sigma(l), 0.9))]
    const expected = terms.reduce((a, b) => a + b, 0) / 4
    expect(numberIn(lossOf({ realTarget: 0.9 }).discriminator(judgement(), undefined))).toBeCloseTo(expected, 6)
  })

  it('adds noise to the book’s labels: 1 for generated and 0 for real pictures', () => {
    const noise = { fake: column(0.5, 0.25), real: column(0, 1) }
    const terms = [
      crossEntropy(sigma(0.5), 1 + 0.05 * 0.5),
      crossEntropy(sigma(-1), 1 + 0.05 * 0.25),
      crossEntropy(sigma(2), 0),
      crossEntropy(sigma(-0.25), 0.05)
    ]
    const loss = lossOf({ discriminatorSays: 'generated', labelNoise: 0.05 })
    expect(numberIn(loss.discriminator(judgement(), noise))).toBeCloseTo(terms.reduce((a, b) => a + b, 0) / 4, 6)
  })

  it('is the same for both conventions when the logits change sign', () => {
    const noise = { fake: column(0.5, 0.25), real: column(0, 1) }
    const fields = { labelNoise: 0.3, realTarget: 0.8 } as const
    const says = lossOf({ ...fields, discriminatorSays: 'generated' })
    const mirrored = lossOf({ ...fields, discriminatorSays: 'real' })
    const negated = { fake: tf.neg(column(...fake)), real: tf.neg(column(...real)) }
    expect(numberIn(mirrored.discriminator(negated, noise))).toBeCloseTo(
      numberIn(says.discriminator(judgement(), noise)),
      6
    )
    expect(numberIn(mirrored.generator(negated.fake))).toBeCloseTo(numberIn(says.generator(column(...fake))), 6)
    expect(numberIn(mirrored.score(negated.real))).toBeCloseTo(numberIn(says.score(column(...real))), 6)
  })

  it('lets the generator minimise −ln P(real), or ln(1 − P(real)) with minimax', () => {
    const mean = (f: (p: number) => number) => (f(sigma(0.5)) + f(sigma(-1))) / 2
    expect(numberIn(lossOf().generator(column(...fake)))).toBeCloseTo(
      mean((p) => -Math.log(p)),
      6
    )
    expect(numberIn(lossOf({ kind: 'minimax' }).generator(column(...fake)))).toBeCloseTo(
      mean((p) => Math.log(1 - p)),
      6
    )
  })

  it.each([
    // r is 0.5 and −1 for the generated pictures, 2 and −0.25 for the real ones.
    ['least-squares', (1 + 1.25 ** 2 + 0.5 ** 2 + 1) / 4, (0.5 ** 2 + 2 ** 2) / 4],
    ['hinge', (0 + 1.25) / 2 + (1.5 + 0) / 2, 0.25],
    ['wasserstein', -0.25 - 0.875, 0.25]
  ] as const)(
    'is that of the papers for %s, whichever way the discriminator says it',
    (kind, discriminator, generator) => {
      const says = lossOf({ kind })
      expect(numberIn(says.discriminator(judgement(), undefined))).toBeCloseTo(discriminator, 6)
      expect(numberIn(says.generator(column(...fake)))).toBeCloseTo(generator, 6)
      const mirrored = lossOf({ kind, discriminatorSays: 'generated' })
      const negated = { fake: tf.neg(column(...fake)), real: tf.neg(column(...real)) }
      expect(numberIn(mirrored.discriminator(negated, undefined))).toBeCloseTo(discriminator, 6)
      expect(numberIn(mirrored.generator(negated.fake))).toBeCloseTo(generator, 6)
    }
  )

  it('scores the mean probability of being real', () => {
    expect(numberIn(lossOf().score(column(0.5, -1)))).toBeCloseTo((sigma(0.5) + sigma(-1)) / 2, 6)
    expect(numberIn(lossOf({ discriminatorSays: 'generated' }).score(column(2)))).toBeCloseTo(1 - sigma(2), 6)
  })
})
