import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ModelEditor } from '../../../src/renderer/state/modelEditor.svelte'
import { readFiles } from '../../../src/renderer/state/modelImport.svelte'
import { ModelView } from '../../../src/renderer/state/modelView.svelte'
import { RunSettings } from '../../../src/renderer/state/runSettings'
import type { Problem } from '../../../src/shared/architecture/problems'
import type { Handlers } from '../../../src/shared/contract/studio'
import { KwiatError } from '../../../src/shared/errors'
import { cholletConfiguration, flowersConfiguration } from '../support/configurations'
import { examinationOf, problemOf } from '../support/model'
import { createStudioMock, runCard } from '../support/studio'

const engine = { id: 'cpu' } as const
const removal: Problem = problemOf({
  repair: { label: 'Take it out', edits: [{ kind: 'remove', network: 'generator', position: 0 }] }
})

function openView(answers: Partial<Handlers> = {}) {
  const { client } = createStudioMock([runCard()], answers)
  const editor = new ModelEditor()
  editor.open('preset', 'chollet-32', cholletConfiguration)
  return { editor, view: new ModelView(client, editor, new RunSettings(client)) }
}
async function examined(view: ModelView): Promise<void> {
  view.examine('en', engine)
  await vi.waitFor(() => expect(view.examiner.isAbout(view.configuration)).toBe(true))
}
const layersOf = (editor: ModelEditor) => editor.configuration?.architecture.generator.length ?? 0
const layers = cholletConfiguration.architecture.generator.length

beforeEach(() => localStorage.clear())

describe('ModelView', () => {
  it('knows how many errors stop a run, but not while the newest model is still examined', async () => {
    const problems = [problemOf(), problemOf({ severity: 'warning' })]
    const { editor, view } = openView({
      'model/examine': ({ configuration }) => examinationOf(configuration, problems)
    })
    expect(view.errors).toBeNull()
    await examined(view)
    expect(view.errors).toBe(1)
    editor.edit([{ kind: 'remove', network: 'generator', position: 1 }])
    expect(view.errors).toBeNull()
    await examined(view)
    expect(view.errors).toBe(1)
  })

  it('makes a repair, but never one that was proposed for another model', async () => {
    const { editor, view } = openView()
    view.repair(removal)
    expect(layersOf(editor)).toBe(layers)
    await examined(view)
    view.repair(removal)
    expect(layersOf(editor)).toBe(layers - 1)
    view.repair(removal)
    expect(layersOf(editor)).toBe(layers - 1)
  })

  it('makes all repairs as one step, unless the model was changed meanwhile', async () => {
    let answer: () => void = () => undefined
    const { editor, view } = openView({
      'model/repairAll': async () => {
        await new Promise<void>((resolve) => {
          answer = resolve
        })
        return { configuration: flowersConfiguration, applied: ['This', 'That'] }
      }
    })
    const first = view.repairAll('en')
    await expect.poll(() => answer).not.toBe(undefined)
    await Promise.resolve()
    answer()
    expect(await first).toEqual(['This', 'That'])
    expect(editor.configuration).toEqual(flowersConfiguration)
    editor.undo()
    expect(editor.configuration).toEqual(cholletConfiguration)
    const second = view.repairAll('en')
    editor.edit([{ kind: 'remove', network: 'generator', position: 1 }])
    await Promise.resolve()
    answer()
    expect(await second).toBeNull()
    expect(layersOf(editor)).toBe(layers - 1)
  })

  it('asks again once the engine was measured, and says while it is', async () => {
    const speed = { engine, gflops: 150, measured: '2026-01-01T00:00:00.000Z' }
    let isMeasured = false
    const { view } = openView({
      'model/examine': ({ configuration }) => ({ ...examinationOf(configuration), speed: isMeasured ? speed : null }),
      'model/measure': () => {
        isMeasured = true
        return { speed }
      }
    })
    await examined(view)
    const measuring = view.measure('en', engine)
    expect([view.isMeasuring, view.examiner.examination?.speed]).toEqual([true, null])
    await measuring
    expect(view.isMeasuring).toBe(false)
    await vi.waitFor(() => expect(view.examiner.examination?.speed).toEqual(speed))
  })

  it('shows a run’s networks without letting them be changed, and copies them into the editor', async () => {
    const { editor, view } = openView()
    await view.showRun('abc123', 'flowers')
    expect([view.canEdit, view.configuration]).toEqual([false, flowersConfiguration])
    expect(editor.configuration).toEqual(cholletConfiguration)
    view.editCopy()
    expect([view.canEdit, editor.configuration, editor.origin?.name]).toEqual([true, flowersConfiguration, 'flowers'])
    editor.undo()
    expect(editor.configuration).toEqual(cholletConfiguration)
  })

  it('puts imported networks into the editor, with the names of their files in the question', async () => {
    const { editor, view } = openView({
      'model/import': ({ sources, configuration }) => ({
        configuration: { ...configuration, preset: JSON.stringify(sources).slice(0, 60) },
        format: 'Keras 3',
        networks: ['generator'],
        notes: [],
        unknownLayers: []
      })
    })
    await view.import(() => readFiles([new File(['{}'], 'g.json')]), 'g.json', 'en')
    expect(editor.configuration?.preset).toBe('[{"text":"{}","name":"g.json"}]')
    expect([editor.origin?.kind, view.reading.result?.format]).toEqual(['file', 'Keras 3'])
  })

  it('says why nothing was imported, and leaves the editor alone', async () => {
    const { editor, view } = openView()
    const files = [1, 2, 3].map((i) => new File(['{}'], `${i}.json`))
    await view.import(() => readFiles(files), 'three', 'en')
    expect(view.reading.problem).toBeInstanceOf(KwiatError)
    expect([view.reading.result, view.reading.isReading]).toEqual([null, false])
    expect(editor.configuration).toEqual(cholletConfiguration)
  })
})
