import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeHdf5 } from '../../src/main/checkpoints/export/keras/hdf5'
import { encodeKeras } from '../../src/main/checkpoints/export/keras/keras'
import { encodeSafetensorsExport } from '../../src/main/checkpoints/export/modelCard'
import { readCheckpoint } from '../../src/main/checkpoints/readCheckpoint'
import { encodeSafetensors } from '../../src/main/checkpoints/safetensors'
import { initialState } from '../../src/main/step/initialState'
import { startFromWeights } from '../../src/main/train/startFromWeights'
import type { RunConfiguration } from '../../src/shared/config/runConfiguration'
import { float32, type HostTensor } from '../../src/shared/tensor'
import { rejection } from '../support/rejection'
import { temporaryFolder, writeTemporary } from '../support/temporaryFolder'
import { tinyRun } from '../train/support/sessions'
import { manyLayers, savedModel } from './export/support'

async function start(weights: string, configuration: RunConfiguration) {
  const runsFolder = join(await temporaryFolder(), 'runs')
  const plan = { weights, configuration, data: 'flowers', runsFolder, name: 'begun', engine: { id: 'cpu' as const } }
  const { run, notices } = await startFromWeights(plan)
  return { run, notices, state: (await readCheckpoint(join(run.folder, 'checkpoints', 'step-000000'))).state }
}

/** Expects both generators to be the exported one, and all else to be as in a new run. */
function expectGenerator(
  state: ReadonlyMap<string, HostTensor>,
  weights: ReadonlyMap<string, HostTensor>,
  configuration: RunConfiguration
): void {
  for (const [name, tensor] of initialState(configuration)) {
    const [, network, weight] = /^(generator|ema)\/(.*)$/.exec(name) ?? []
    expect(state.get(name), name).toEqual(network === undefined ? tensor : weights.get(weight!))
  }
}

const others = (configuration: RunConfiguration): RunConfiguration => ({
  ...configuration,
  schedule: { ...configuration.schedule, seed: 99 }
})

describe('a run that begins with weights of another program', () => {
  it('takes a generator from safetensors', async () => {
    const { model } = await savedModel(manyLayers())
    const path = await writeTemporary('g.safetensors', Buffer.concat(encodeSafetensorsExport(model, '')[0]!.parts))
    const { state, notices } = await start(path, others(manyLayers()))
    expectGenerator(state, model.weights, others(manyLayers()))
    expect(notices.join(' ')).toContain('The generator begins with the weights of g.safetensors.')
  })

  it('takes a generator from a .keras file', async () => {
    const { model } = await savedModel(manyLayers())
    const { name, parts } = await encodeKeras(model, '')
    const { state } = await start(await writeTemporary(name, Buffer.concat(parts)), others(manyLayers()))
    expectGenerator(state, model.weights, others(manyLayers()))
  })

  it('takes a .weights.h5 whose layers are called otherwise, by their kind and order', async () => {
    const { model } = await savedModel(tinyRun())
    const groups = { dense: 'dense_7', batch_normalization: 'bn_x', conv2d_transpose: 'up' }
    const kinds = { Dense: 'dense', BatchNormalization: 'batch_normalization', Conv2DTranspose: 'conv2d_transpose' }
    const bytes = await encodeHdf5((root) => {
      const layers = root.group('layers')
      for (const { name, spec, weights } of model.analysis.layers) {
        const group = Object.entries(kinds).find(([type]) => type === spec.type)?.[1]
        if (group !== undefined) {
          const vars = layers.group(group).group('vars')
          vars.text('name', groups[group as keyof typeof groups])
          weights.forEach(({ name: weight }, i) => {
            vars.tensor(String(i), model.weights.get(`${name}/${weight}`)!)
          })
        }
      }
    })
    const { state } = await start(await writeTemporary('w.weights.h5', bytes), others(tinyRun()))
    expectGenerator(state, model.weights, others(tinyRun()))
  })

  it('takes the layout of Keras 2’s .h5, by names', async () => {
    const { model } = await savedModel(tinyRun())
    const bytes = await encodeHdf5((root) => {
      const all = root.group('model_weights')
      for (const { name, weights } of model.analysis.layers) {
        const inner = all.group(name).group(name)
        for (const { name: weight } of weights) {
          inner.tensor(`${weight}:0`, model.weights.get(`${name}/${weight}`)!)
        }
      }
    })
    const { state } = await start(await writeTemporary('old.h5', bytes), others(tinyRun()))
    expectGenerator(state, model.weights, others(tinyRun()))
  })

  it('takes both networks where the file has both', async () => {
    const trained = initialState(others(tinyRun()))
    const weights = new Map([...trained].filter(([name]) => !name.startsWith('optimizer/')))
    const path = await writeTemporary('both.safetensors', Buffer.concat(encodeSafetensors(weights)))
    const { state, notices } = await start(path, tinyRun())
    for (const [name, tensor] of weights) {
      expect(state.get(name)).toEqual(tensor)
    }
    expect(notices[0]).toContain('generator and discriminator')
  })

  it('refuses weights that do not fit, and names each with both shapes', async () => {
    const { model } = await savedModel(tinyRun())
    const [first] = model.analysis.layers
    const wrong = new Map(model.weights)
    wrong.set(`${first!.name}/kernel`, float32(new Float32Array(6), [2, 3]))
    wrong.delete('batchnormalization_1/gamma')
    wrong.set('stranger/kernel', float32(new Float32Array(1), [1]))
    const name = [...model.weights.keys()].find((key) => key.endsWith('/gamma'))!
    wrong.delete(name)
    const path = await writeTemporary('wrong.safetensors', Buffer.concat(encodeSafetensors(wrong)))
    const { parts } = await rejection('weights-mismatch', () => start(path, tinyRun()))
    expect(parts.actual).toContain(`${first!.name}/kernel 3×64 is ${first!.name}/kernel float32 2×3 in the file`)
    expect(parts.actual).toContain(`${name} 1 is not in the file`)
    expect(parts.actual).toContain('stranger/kernel 1 of the file has no place')
  })

  it.each([
    ['something else', 'x.h5', 'model-unreadable'],
    ['a cut safetensors file', 'x.safetensors', 'checkpoint-broken']
  ] as const)('refuses %s', async (_, name, code) => {
    const path = await writeTemporary(name, 'not one')
    await rejection(code, () => start(path, tinyRun()))
  })
})
