import { beforeEach, describe, expect, it } from 'vitest'
import { ModelEditor } from '../../../src/renderer/state/modelEditor.svelte'
import type { Edit } from '../../../src/shared/architecture/edits'
import { KwiatError } from '../../../src/shared/errors'
import { cholletConfiguration, flowersConfiguration } from '../support/configurations'

const setUnits = (value: number): Edit => ({ kind: 'field', network: 'generator', position: 0, field: 'units', value })
const units = ({ configuration }: ModelEditor) => Object.entries(configuration?.architecture.generator[0] ?? {})

beforeEach(() => localStorage.clear())

function edited(): ModelEditor {
  const editor = new ModelEditor()
  editor.open('preset', 'chollet-32', cholletConfiguration)
  return editor
}

describe('ModelEditor', () => {
  it('takes the keystrokes of one field as one step', () => {
    const editor = edited()
    for (const value of [6, 64, 640]) {
      editor.edit([setUnits(value)], 'generator 1 units')
    }
    expect(units(editor)).toContainEqual(['units', 640])
    editor.undo()
    expect([editor.isChanged, editor.canUndo, editor.canRedo]).toEqual([false, false, true])
    editor.redo()
    expect(units(editor)).toContainEqual(['units', 640])
  })

  it('goes back to what it began as, which can be undone', () => {
    const editor = edited()
    editor.edit([{ kind: 'remove', network: 'discriminator', position: 1 }])
    expect(editor.isChanged).toBe(true)
    editor.reset()
    expect(editor.configuration).toEqual(cholletConfiguration)
    editor.undo()
    expect(editor.configuration?.architecture.discriminator).toHaveLength(
      cholletConfiguration.architecture.discriminator.length - 1
    )
  })

  it('finds the model before again when another one is opened', () => {
    const editor = edited()
    editor.edit([setUnits(64)])
    editor.open('preset', 'flowers-32', flowersConfiguration)
    expect([editor.origin?.name, editor.isChanged]).toEqual(['flowers-32', false])
    editor.undo()
    expect([editor.origin?.name, editor.isChanged]).toEqual(['chollet-32', true])
    expect(units(editor)).toContainEqual(['units', 64])
  })

  it('is the same after the window was closed', () => {
    const editor = edited()
    editor.edit([setUnits(64)])
    const again = new ModelEditor()
    expect(again.configuration).toEqual(editor.configuration)
    expect([again.origin?.name, again.isChanged]).toEqual(['chollet-32', true])
    again.reset()
    expect(again.configuration).toEqual(cholletConfiguration)
  })

  it('begins empty where what was remembered is no model', () => {
    localStorage.setItem('kwiat.model', '{"configuration":{"architecture":{"generator":[]}}}')
    expect(new ModelEditor().configuration).toBeNull()
  })

  it('stays as it is when an edit makes no network', () => {
    const editor = edited()
    const removeAll = cholletConfiguration.architecture.discriminator.map(
      (): Edit => ({ kind: 'remove', network: 'discriminator', position: 0 })
    )
    expect(() => editor.edit(removeAll)).toThrow(KwiatError)
    expect([editor.configuration, editor.canUndo]).toEqual([cholletConfiguration, false])
  })

  it('knows what each layer was, wherever it stands now; an added one was nothing', () => {
    const editor = edited()
    const [first = 0] = editor.ids.generator
    editor.edit([
      { kind: 'move', network: 'generator', position: 0, to: 2 },
      { kind: 'insert', network: 'generator', position: 0, layer: { type: 'Flatten' } }
    ])
    expect(editor.ids.generator.indexOf(first)).toBe(3)
    expect(editor.originalLayer(first)).toEqual(cholletConfiguration.architecture.generator[0])
    expect(editor.originalLayer(editor.ids.generator[0] ?? 0)).toBeNull()
  })

  it('is unchanged once it is saved as a preset', () => {
    const editor = edited()
    editor.edit([setUnits(64)])
    const saved = { ...cholletConfiguration, ...editor.configuration, preset: 'mine' }
    editor.saveAs('mine', saved)
    expect([editor.isChanged, editor.origin?.name, editor.configuration]).toEqual([false, 'mine', saved])
  })
})
