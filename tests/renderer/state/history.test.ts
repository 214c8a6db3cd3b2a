import { describe, expect, it } from 'vitest'
import { beginHistory, record, redo, settle, undo } from '../../../src/renderer/state/history'

const historyOf = (...versions: readonly (readonly [number, string | null])[]) =>
  versions.reduce((history, [version, topic]) => record(history, version, topic), beginHistory(0))

describe('a history', () => {
  it('goes back and forth over versions, and no further than they reach', () => {
    const history = historyOf([1, null], [2, null])
    expect([undo(history).present, undo(undo(history)).present, undo(undo(undo(history))).present]).toEqual([1, 0, 0])
    expect([redo(undo(history)).present, redo(redo(undo(undo(history)))).present, redo(history).present]).toEqual([
      2, 2, 2
    ])
  })

  it('forgets what was undone when something new is made', () => {
    const history = record(undo(historyOf([1, null], [2, null])), 3, null)
    expect([redo(history).present, undo(history).present]).toEqual([3, 1])
  })

  it('takes changes about one topic as one step, until it is settled', () => {
    const typed = historyOf([1, 'units'], [12, 'units'], [128, 'units'])
    expect(undo(typed).present).toBe(0)
    expect(undo(record(settle(typed), 2, 'units')).present).toBe(128)
    expect(undo(record(typed, 2, 'filters')).present).toBe(128)
  })

  it('makes a step of its own of a change after an undo, whatever it is about', () => {
    const history = record(undo(historyOf([1, 'units'], [2, 'filters'])), 3, 'units')
    expect(undo(history).present).toBe(1)
  })

  it('keeps 200 versions and no more', () => {
    let history = historyOf(...Array.from({ length: 300 }, (_, i) => [i + 1, null] as const))
    expect(history.past).toHaveLength(200)
    for (let i = 0; i < 300; i++) {
      history = undo(history)
    }
    expect(history.present).toBe(100)
  })
})
