import { beforeEach, describe, expect, it } from 'vitest'
import { Studio } from '../../../src/renderer/state/studio.svelte'
import { cholletConfiguration, flowersConfiguration } from '../support/configurations'
import { createStudioMock } from '../support/studio'

beforeEach(() => localStorage.clear())

async function openStudio(): Promise<Studio> {
  const connection = { client: createStudioMock([]).client, pathOfDropped: async () => null }
  const studio = new Studio(connection, document.createElement('div'))
  await studio.load()
  return studio
}
const removeActivation = { kind: 'remove', network: 'discriminator', position: 1 } as const

describe('training the networks of the editor', () => {
  it('prepares a run with them where none is prepared', async () => {
    const studio = await openStudio()
    studio.model.open('preset', 'chollet-32', cholletConfiguration)
    studio.model.edit([removeActivation])
    studio.trainModel()
    expect(studio.draft?.form.configuration).toEqual(studio.model.configuration)
    expect([studio.draft?.data, studio.draft?.presetName, studio.navigation.view]).toEqual([
      'flowers',
      'chollet-32',
      'train'
    ])
  })

  it('gives the run that is prepared all of another preset, but its pictures and its name stay', async () => {
    const studio = await openStudio()
    const draft = studio.prepare({ data: '/pictures/roses', name: 'roses' })
    draft?.form.set('data.flip', true)
    studio.model.open('preset', 'chollet-32', cholletConfiguration)
    studio.trainModel()
    expect(studio.draft).toBe(draft)
    expect([draft?.data, draft?.name]).toEqual(['/pictures/roses', 'roses'])
    const { data } = cholletConfiguration
    expect(draft?.form.configuration).toEqual({ ...cholletConfiguration, data: { ...data, flip: true } })
  })

  it('changes of a run that is prepared only what was edited with its networks', async () => {
    const studio = await openStudio()
    const draft = studio.prepare()
    studio.editDraft()
    expect([studio.navigation.view, studio.model.configuration]).toEqual(['model', flowersConfiguration])
    studio.model.edit([removeActivation, { kind: 'setting', path: ['loss', 'labelNoise'], value: 0.1 }])
    draft?.form.set('schedule.batchSize', 7)
    studio.trainModel()
    const { architecture } = studio.model.configuration ?? flowersConfiguration
    expect(draft?.form.configuration).toEqual({
      ...flowersConfiguration,
      architecture,
      loss: { ...flowersConfiguration.loss, labelNoise: 0.1 },
      schedule: { ...flowersConfiguration.schedule, batchSize: 7 }
    })
  })
})
