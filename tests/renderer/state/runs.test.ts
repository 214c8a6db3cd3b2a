import { describe, expect, it } from 'vitest'
import { RunsState } from '../../../src/renderer/state/runs.svelte'
import { createStudioMock, runCard } from '../support/studio'

const cards = [
  runCard({ id: 'aaaaaa', name: 'roses 10', step: 10, totalSteps: 100, updated: '2026-05-05T10:00:00Z' }),
  runCard({ id: 'bbbbbb', name: 'roses 9', step: 90, totalSteps: 100, updated: '2026-05-05T09:00:00Z' }),
  runCard({ id: 'cccccc', name: 'frogs', preset: 'chollet-32', step: 0, updated: '2026-05-05T11:00:00Z' })
]

async function loaded() {
  const mock = createStudioMock(cards)
  const runs = new RunsState(mock.client)
  await runs.load()
  return { runs, mock, names: () => runs.visible.map(({ name }) => name) }
}

describe('RunsState', () => {
  it('orders by date, by name as people count, and by progress', async () => {
    const { runs, names } = await loaded()
    expect(names()).toEqual(['frogs', 'roses 10', 'roses 9'])
    runs.order = 'name'
    expect(names()).toEqual(['frogs', 'roses 9', 'roses 10'])
    runs.order = 'progress'
    expect(names()).toEqual(['roses 9', 'roses 10', 'frogs'])
  })

  it('finds runs by all words of the search, in name, preset and data', async () => {
    const { runs, names } = await loaded()
    runs.search = 'ROSES 9'
    expect(names()).toEqual(['roses 9'])
    runs.search = 'chollet'
    expect(names()).toEqual(['frogs'])
    runs.search = 'tulips'
    expect(names()).toEqual([])
  })

  it('follows the host: runs come, change and go', async () => {
    const { runs, mock } = await loaded()
    mock.emit('run/changed', { run: runCard({ id: 'aaaaaa', state: 'done' }) })
    mock.emit('run/removed', { id: 'bbbbbb' })
    expect(runs.find('aaaaaa')?.state).toBe('done')
    expect(runs.all.map(({ id }) => id)).not.toContain('bbbbbb')
  })

  it('deletes and restores', async () => {
    const { runs } = await loaded()
    await runs.delete('aaaaaa')
    expect(runs.find('aaaaaa')).toBeNull()
    await runs.restore('aaaaaa')
    expect(runs.find('aaaaaa')?.name).toBe('roses 10')
  })
})
