import { describe, expect, it } from 'vitest'
import { analyzeArchitecture } from '../../src/main/model/analysis'
import { createOptimizer } from '../../src/main/step/optimizers'
import { drawStepInputs } from '../../src/main/step/stepInputs'
import { averageRate, planInputs } from '../../src/main/step/stepPlan'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { tinyArchitecture } from '../model/tinyArchitecture'
import { noisePictures, tinyConfiguration } from './tinyRun'

function planOf(configuration: RunConfiguration) {
  const stepInputs = planInputs({
    configuration,
    analysis: analyzeArchitecture(configuration.architecture),
    generatorOptimizer: createOptimizer(configuration.generatorOptimizer),
    discriminatorOptimizer: createOptimizer(configuration.discriminatorOptimizer)
  })
  return { seed: configuration.schedule.seed, stepInputs }
}

const shapesOf = (configuration: RunConfiguration) =>
  Object.fromEntries(Array.from(planOf(configuration).stepInputs, ([name, { shape }]) => [name, shape.join('×')]))

const draw = (configuration: RunConfiguration, iteration: number) =>
  drawStepInputs(planOf(configuration), iteration, [noisePictures(configuration)])

describe('planInputs', () => {
  it('asks for pictures, latents, a mask of both batches, and rates', () => {
    expect(shapesOf(tinyConfiguration())).toEqual({
      'real/0': '4×16×16×1',
      'latent/d/0': '4×3',
      'rate/discriminator/0': '',
      'mask/d/0/both/dropout': '8×32',
      'latent/g': '4×3',
      'rate/generator': '',
      'rate/ema': '',
      'mask/g/discriminator/dropout': '4×32'
    })
  })

  it('asks for noise where labels are noisy, and for a mask a batch where the discriminator has batch statistics', () => {
    const architecture = tinyArchitecture()
    const discriminator = [{ type: 'BatchNormalization' }, ...architecture.discriminator]
    const shapes = shapesOf(
      tinyConfiguration({ architecture: { ...architecture, discriminator }, loss: { labelNoise: 0.1 } })
    )
    expect(shapes).toMatchObject({
      'noise/d/0/fake': '4×1',
      'noise/d/0/real': '4×1',
      'mask/d/0/fake/dropout': '4×32',
      'mask/d/0/real/dropout': '4×32'
    })
    expect(shapes).not.toHaveProperty('mask/d/0/both/dropout')
  })

  it('asks for ε where WGAN-GP mixes pictures, and for a mask of the pass that a gradient penalty makes', () => {
    const withPenalty = (gradientPenalty: string) => shapesOf(tinyConfiguration({ loss: { gradientPenalty } }))
    expect(withPenalty('wgan-gp')).toMatchObject({ 'mix/d/0': '4×1×1×1', 'mask/d/0/penalty/dropout': '4×32' })
    expect(withPenalty('r1')).not.toHaveProperty('mix/d/0')
    expect(withPenalty('r1')).toMatchObject({ 'mask/d/0/penalty/dropout': '4×32' })
  })

  it('draws uniform latents of the same variance where they are asked for', () => {
    const schedule = { batchSize: 64, latentDistribution: 'uniform' }
    const { data } = draw(tinyConfiguration({ schedule }), 0)['latent/g']!
    const square = [...data].reduce((sum, value) => sum + value ** 2, 0) / data.length
    expect(Math.max(...data.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(3))
    expect(square).toBeGreaterThan(0.8)
    expect(square).toBeLessThan(1.2)
  })

  it('asks for a mask for each time that the generator’s dropout is applied', () => {
    const architecture = tinyArchitecture()
    const generator = [{ type: 'Dropout', rate: 0.5, name: 'thin' }, ...architecture.generator]
    const names = Object.keys(
      shapesOf(tinyConfiguration({ architecture: { ...architecture, generator }, schedule: { discriminatorSteps: 2 } }))
    )
    expect(names.filter((name) => name.endsWith('/thin'))).toEqual([
      'mask/d/0/generator/thin',
      'mask/d/1/generator/thin',
      'mask/g/generator/thin'
    ])
  })
})

describe('drawStepInputs', () => {
  it('depends on seed and iteration alone, whatever was drawn before', () => {
    const configuration = tinyConfiguration({ loss: { labelNoise: 0.1 } })
    const tenth = draw(configuration, 10)
    draw(configuration, 3)
    expect(draw(configuration, 10)).toEqual(tenth)
    expect(draw(configuration, 11)['latent/g']).not.toEqual(tenth['latent/g'])
    const other = tinyConfiguration({ loss: { labelNoise: 0.1 }, schedule: { batchSize: 4, seed: 4 } })
    for (const name of ['latent/g', 'latent/d/0', 'noise/d/0/fake', 'mask/d/0/both/dropout']) {
      expect(draw(other, 10)[name]).not.toEqual(tenth[name])
    }
  })

  it('gives no two inputs the same numbers', () => {
    const inputs = draw(tinyConfiguration({ loss: { labelNoise: 0.1 } }), 0)
    const names = ['latent/g', 'latent/d/0', 'noise/d/0/fake', 'noise/d/0/real']
    const firsts = names.map((name) => inputs[name]!.data[0])
    expect(new Set(firsts).size).toBe(names.length)
  })

  it('keeps what dropout keeps at 1 / (1 − rate), and drops a share of rate', () => {
    const configuration = tinyConfiguration({ schedule: { batchSize: 512 } })
    const { data } = draw(configuration, 0)['mask/d/0/both/dropout']!
    const kept = data.filter((value) => value > 0)
    expect(new Set(data)).toEqual(new Set([0, Math.fround(4 / 3)]))
    // 1024·32 elements; five standard errors of a share of 0.75.
    expect(Math.abs(kept.length / data.length - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / data.length))
  })

  it('gives each optimiser the rate of its own count of updates', () => {
    const configuration = tinyConfiguration({
      generatorOptimizer: { kind: 'sgd', learningRate: 1, decay: 1 },
      discriminatorOptimizer: { kind: 'sgd', learningRate: 1, decay: 1 },
      schedule: { batchSize: 4, discriminatorSteps: 2 }
    })
    const pictures = [noisePictures(configuration, 0), noisePictures(configuration, 1)]
    const inputs = drawStepInputs(planOf(configuration), 3, pictures)
    expect(inputs['rate/generator']!.data[0]).toBeCloseTo(1 / 4, 7)
    expect(inputs['rate/discriminator/0']!.data[0]).toBeCloseTo(1 / 7, 7)
    expect(inputs['rate/discriminator/1']!.data[0]).toBeCloseTo(1 / 8, 7)
    expect(inputs['real/1']).toBe(pictures[1])
  })

  it('refuses pictures of another shape', () => {
    const configuration = tinyConfiguration()
    const pictures = { ...noisePictures(configuration), shape: [4, 16, 16, 3] }
    expect(() => drawStepInputs(planOf(configuration), 0, [pictures])).toThrow(
      'uint8 [4,16,16,1], got uint8 [4,16,16,3]'
    )
    expect(() => drawStepInputs(planOf(configuration), 0, [])).toThrow('got none')
  })
})

describe('averageRate', () => {
  it('is 1 − min(decay, (1 + t) / (10 + t))', () => {
    expect(averageRate(0.999, 0)).toBeCloseTo(0.9, 12)
    expect(averageRate(0.999, 8)).toBeCloseTo(0.5, 12)
    expect(averageRate(0.999, 1_000_000)).toBeCloseTo(0.001, 12)
    expect(averageRate(0, 5)).toBe(1)
  })
})
