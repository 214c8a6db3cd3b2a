import { describe, expect, it } from 'vitest'
import { createEagerEngine } from '../../src/main/engine/eager'
import type { Engine } from '../../src/main/engine/engine'
import { createOrtEngine } from '../../src/main/engine/ort'
import { buildNetworks } from '../../src/main/model/network'
import { loadPreset, presetNames } from '../../src/main/model/presets'
import { initialState } from '../../src/main/step/initialState'
import { drawStepInputs } from '../../src/main/step/stepInputs'
import { createTrainingStep, trainingOutputs } from '../../src/main/step/trainingStep'
import type { LayerSpec } from '../../src/shared/architecture/layers'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { Random } from '../../src/shared/random/random'
import type { HostTensor } from '../../src/shared/tensor'

const steps = 10
const batch = 2

/**
 * So many times fewer channels, so that the JavaScript reference takes seconds; a picture's channels stay. With more of
 * them, chollet-32's large steps amplify the last bits of a float32 to 5e-4 within ten steps, in whatever engine.
 */
const thinner = 64
const fewer = (channels: number): number => (channels <= 3 ? channels : Math.max(4, Math.round(channels / thinner)))

/** The layer with fewer channels. A Reshape takes the channels that the Dense layer before it makes. */
function thin(layer: LayerSpec): LayerSpec {
  if (layer.type === 'Reshape') {
    const [height, width, channels] = layer.targetShape
    return { ...layer, targetShape: [height!, width!, fewer(channels!)] }
  }
  return 'filters' in layer ? { ...layer, filters: fewer(layer.filters) } : layer
}

function thinNetwork(layers: readonly LayerSpec[]): LayerSpec[] {
  return layers.map((layer, i) => {
    const reshape = layers.slice(i).find(({ type }) => type === 'Reshape')
    if (layer.type !== 'Dense' || layer.units === 1 || reshape?.type !== 'Reshape') {
      return thin(layer)
    }
    const [height, width, channels] = reshape.targetShape
    return { ...layer, units: height! * width! * fewer(channels!) }
  })
}

function scaledDown(preset: string): RunConfiguration {
  const configuration = loadPreset(preset)
  const { architecture, schedule } = configuration
  return {
    ...configuration,
    architecture: {
      ...architecture,
      generator: thinNetwork(architecture.generator),
      discriminator: thinNetwork(architecture.discriminator)
    },
    schedule: { ...schedule, batchSize: batch, seed: 3 }
  }
}

interface Trajectory {
  /** Losses and scores of each step. */
  readonly figures: readonly Record<string, number>[]
  readonly state: ReadonlyMap<string, HostTensor>
}

async function train(engine: Engine, configuration: RunConfiguration): Promise<Trajectory> {
  const { pictureSize, channels } = configuration.architecture
  const step = createTrainingStep(configuration, buildNetworks(configuration.architecture))
  const program = await engine.prepare(step)
  const state = await engine.createState(initialState(configuration))
  const shape = [batch, pictureSize, pictureSize, channels]
  const figures: Record<string, number>[] = []
  for (let t = 0; t < steps; t++) {
    const random = new Random(9, 'flowers', t)
    const pixels = Uint8Array.from({ length: batch * pictureSize ** 2 * channels }, () => random.integer(256))
    const outputs = await program.run(state, drawStepInputs(step, t, [{ dtype: 'uint8', shape, data: pixels }]))
    figures.push(Object.fromEntries(trainingOutputs.map((name) => [name, outputs[name].data[0]!])))
  }
  return { figures, state: await state.read() }
}

/** ‖actual − expected‖ / ‖expected‖, both as one long vector; 0 where both are zero. */
function distance(actual: HostTensor, expected: HostTensor): number {
  const norm = (elements: number[]) => Math.hypot(...elements)
  const difference = norm(Array.from(expected.data, (element, i) => element - actual.data[i]!))
  return difference === 0 ? 0 : difference / norm(Array.from(expected.data))
}

describe('ten training steps of each preset, scaled down', () => {
  it.each(presetNames)(
    '%s: compiled steps give the losses and the state of eager ones',
    async (preset) => {
      const configuration = scaledDown(preset)
      const compiled = createOrtEngine({ threads: 1 })
      const [actual, expected] = [
        await train(compiled, configuration),
        await train(createEagerEngine('cpu'), configuration)
      ]
      for (const [name, tensor] of expected.state) {
        expect(distance(actual.state.get(name)!, tensor), name).toBeLessThan(compiled.tolerance)
      }
      expected.figures.forEach((figures, t) => {
        for (const name of trainingOutputs) {
          expect(actual.figures[t]![name]! / figures[name]! - 1, `${name} of step ${t}`).toBeCloseTo(0, 4)
        }
      })
    },
    120_000
  )
})
