import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DataImport, tabOfPath } from '../../../src/renderer/state/dataImport.svelte'
import { DataSetsState } from '../../../src/renderer/state/dataSets.svelte'
import type { Handlers } from '../../../src/shared/contract/studio'
import { KwiatError } from '../../../src/shared/errors'
import { createStudioMock, dataSummary } from '../support/studio'

function dataImport(answers: Partial<Handlers> = {}) {
  const sets = new DataSetsState()
  return { sets, data: new DataImport(createStudioMock([], answers).client, sets) }
}

beforeEach(() => localStorage.clear())

describe('DataImport', () => {
  it('shows what the network will see, and remembers the pictures', async () => {
    const { data, sets } = dataImport()
    data.open(' /pictures/roses ')
    await vi.waitFor(() => expect(data.isBusy).toBe(false))
    expect(data.imported?.data.count).toBe(5000)
    expect(data.imported?.previewUrl).toMatch(/^blob:/)
    expect(sets.imported).toEqual([{ path: '/pictures/roses', name: 'flowers', count: 5000 }])
  })

  it('keeps all classes on offer when some are chosen', async () => {
    const answers: Partial<Handlers> = {
      'data/import': ({ classes }) => ({
        id: 'x',
        data: { ...dataSummary, options: { ...dataSummary.options, classes }, classes: dataSummary.classes.slice(0, 1) }
      })
    }
    const { data } = dataImport(answers)
    data.open('/pictures/roses')
    await vi.waitFor(() => expect(data.isBusy).toBe(false))
    const offered = data.allClasses
    data.toggleClass('petals-4')
    await vi.waitFor(() => expect(data.isBusy).toBe(false))
    expect([data.options.classes, data.allClasses]).toEqual([['petals-4'], offered])
  })

  it('tells progress, and a failure with its parts', async () => {
    const failure = new KwiatError('data-empty', {
      who: '/x',
      expected: 'pictures',
      actual: 'none',
      todo: 'look again'
    })
    let fail: () => void = () => {}
    const { data } = dataImport({
      'data/import': (_, { onProgress }) => {
        onProgress({ done: 5, total: 10, refused: 1, secondsLeft: 2 })
        return new Promise((_, reject) => {
          fail = () => reject(failure)
        })
      }
    })
    data.open('/x')
    await vi.waitFor(() => expect(data.progress).toEqual({ done: 5, total: 10, refused: 1, secondsLeft: 2 }))
    fail()
    await vi.waitFor(() => expect(data.isBusy).toBe(false))
    expect(data.problem).toMatchObject({ code: 'data-empty', parts: failure.parts })
  })

  it('lets a newer choice win over one that is still read', async () => {
    const asked: string[] = []
    const { data } = dataImport({
      'data/import': ({ path }, { signal }) => {
        asked.push(path)
        return path === '/slow'
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
          : { id: 'y', data: dataSummary }
      }
    })
    data.open('/slow')
    data.open('/quick')
    await vi.waitFor(() => expect(data.isBusy).toBe(false))
    expect([asked, data.imported?.path, data.problem]).toEqual([['/slow', '/quick'], '/quick', null])
  })
})

describe('tabOfPath', () => {
  it('tells sources by their names', () => {
    const paths = [
      'flowers',
      '/a/frogs.zip',
      '/a/cifar-10-binary.tar.gz',
      '/a/data_batch_1.bin',
      '/a/train-images-idx3-ubyte.gz',
      '/a/roses'
    ]
    expect(paths.map(tabOfPath)).toEqual(['flowers', 'zip', 'cifar', 'cifar', 'idx', 'folder'])
  })
})
