import { describe, expect, it } from 'vitest'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { buildNetworks } from '../../src/main/model/network'
import { loadPreset } from '../../src/main/model/presets'
import { createTrainingStep } from '../../src/main/step/trainingStep'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { scaledDown } from '../support/scaledPreset'
import { relativeDifference, trainTen } from '../support/trainTen'
import { descent, tinyConfiguration } from './tinyRun'

/** Networks without batch normalisation, three pictures a batch. */
function withLoss(loss: object): RunConfiguration {
  const { architecture } = scaledDown('flowers-32')
  const optimizers = { generatorOptimizer: descent(0.01), discriminatorOptimizer: descent(0.01) }
  return tinyConfiguration({ architecture, loss, ...optimizers, schedule: { batchSize: 3, seed: 3 } })
}

const inParts = (configuration: RunConfiguration, accumulate: number): RunConfiguration => ({
  ...configuration,
  schedule: { ...configuration.schedule, accumulate }
})

async function expectSameTraining(configuration: RunConfiguration, accumulate: number): Promise<void> {
  const engine = createOrtEngine({ threads: 1 })
  const whole = await trainTen(engine, configuration)
  const parts = await trainTen(engine, inParts(configuration, accumulate))
  whole.outputs.forEach((outputs, t) => {
    expect(relativeDifference(parts.outputs[t]!, outputs), `iteration ${t}`).toBeLessThan(1e-4)
  })
  for (const [name, { data }] of whole.tensors) {
    // The bias before Wasserstein's loss has no gradient: what is left of it is rounding alone.
    if (data.every((element) => Math.abs(element) < 1e-6)) {
      expect(
        parts.tensors.get(name)!.data.every((element) => Math.abs(element) < 1e-6),
        name
      ).toBe(true)
      continue
    }
    expect(relativeDifference(parts.tensors.get(name)!.data, data), name).toBeLessThan(1e-3)
  }
}

describe('a batch computed in parts', () => {
  // Chollet's has dropout, whose masks cover generated and real pictures together, and label noise.
  it.each(['flowers-32', 'chollet-32'])('trains %s as the whole batch does', (name) =>
    expectSameTraining(scaledDown(name, 2), 2)
  )

  it.each([
    ['R1', { kind: 'least-squares', gradientPenalty: 'r1' }],
    ['WGAN-GP', { kind: 'wasserstein', gradientPenalty: 'wgan-gp' }]
  ])('trains with %s, in parts that are not equal, as the whole batch does', (_, loss) =>
    expectSameTraining(withLoss(loss), 2)
  )

  it('is refused with batch normalisation, whose statistics are those of the whole batch', () => {
    const configuration = inParts(loadPreset('dcgan-32'), 2)
    const create = () => createTrainingStep(configuration, buildNetworks(configuration.architecture))
    expect(create).toThrow(
      /schedule\.accumulate: expected 1 with batch normalisation \(in the generator and the discriminator\)/
    )
  })
})
