import { describe, expect, it } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import { presetNames } from '../../src/main/model/presets'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { scaledDown } from '../support/scaledPreset'
import { iterations, relativeDifference, trainTen } from '../support/trainTen'
import { descent, tinyConfiguration } from './tinyRun'

/** All outputs and weights within what `iterations` steps may add up. */
async function expectAgreement(configuration: RunConfiguration): Promise<void> {
  const engine = createOrtEngine({ threads: 1 })
  const expected = await trainTen(createEagerEngine(javaScriptBackend), configuration)
  const actual = await trainTen(engine, configuration)
  expected.outputs.forEach((outputs, iteration) => {
    expect(relativeDifference(actual.outputs[iteration]!, outputs), `iteration ${iteration}`).toBeLessThan(
      engine.tolerance
    )
  })
  for (const [tensor, { data }] of expected.tensors) {
    expect(relativeDifference(actual.tensors.get(tensor)!.data, data), tensor).toBeLessThan(
      iterations * engine.tolerance
    )
  }
}

describe('ten training steps, compiled, agree with tfjs', () => {
  it.each([
    ['least squares and R1', { kind: 'least-squares', gradientPenalty: 'r1' }],
    ['hinges and R1', { kind: 'hinge', gradientPenalty: 'r1', penaltyWeight: 1 }],
    ['WGAN-GP', { kind: 'wasserstein', gradientPenalty: 'wgan-gp' }]
  ])('tiny networks with %s', async (_, loss) => {
    await expectAgreement(
      tinyConfiguration({ loss, generatorOptimizer: descent(0.01), discriminatorOptimizer: descent(0.01) })
    )
  })

  it.each(presetNames)('%s with fewer channels', (name) => expectAgreement(scaledDown(name)))
})
