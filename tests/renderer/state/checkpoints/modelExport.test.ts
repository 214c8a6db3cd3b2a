import { beforeEach, describe, expect, it } from 'vitest'
import { ModelExport } from '../../../../src/renderer/state/checkpoints/modelExport.svelte'
import type { Handlers } from '../../../../src/shared/contract/studio'
import { Cancelled } from '../../../../src/shared/errors'
import { createStudioMock } from '../../support/studio'

const exporting = (answers: Partial<Handlers>) => new ModelExport(createStudioMock([], answers).client)

beforeEach(() => localStorage.clear())

describe('ModelExport', () => {
  it('asks for what was chosen, remembers it, and tells what was made', async () => {
    const asked: unknown[] = []
    const dialog = exporting({
      'exports/model': (params) => {
        asked.push(params)
        return { path: '/out/a.onnx', bytes: 12, files: [], notice: 'one at a time' }
      }
    })
    dialog.open(500)
    dialog.change({ pictures: 'uint8', licence: 'CC0' })
    dialog.folder = '/out'
    await dialog.save('abc123')
    expect(asked).toEqual([
      {
        id: 'abc123',
        step: 500,
        format: 'onnx',
        weights: 'ema',
        pictures: 'uint8',
        licence: 'CC0',
        target: { folder: '/out' }
      }
    ])
    expect(dialog.made).toEqual({ path: '/out/a.onnx', bytes: 12, notice: 'one at a time' })
    const next = exporting({})
    expect([next.folder, next.options.licence]).toEqual(['/out', 'CC0'])
  })

  it('exports the whole run, whatever the step', async () => {
    const dialog = exporting({ 'exports/run': ({ folder }) => ({ path: `${folder}/a.kwiat`, bytes: 9 }) })
    dialog.open(500)
    dialog.kind = 'kwiat'
    dialog.folder = '/out'
    await dialog.save('abc123')
    expect(dialog.made?.path).toBe('/out/a.kwiat')
  })

  it('tells how far it is, and ends when it is cancelled', async () => {
    const dialog = exporting({
      'exports/model': (_, { signal, onProgress }) => {
        onProgress({ phase: 'writing', doneBytes: 1, totalBytes: 2 })
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Cancelled())))
      }
    })
    dialog.open(500)
    const download = dialog.download('abc123')
    await expect.poll(() => dialog.progress?.phase).toBe('writing')
    dialog.cancel()
    await expect(download).rejects.toBeInstanceOf(Cancelled)
    expect([dialog.progress, dialog.made]).toEqual([null, null])
  })
})
