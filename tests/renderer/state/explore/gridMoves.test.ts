import { describe, expect, it } from 'vitest'
import { moveInGrid } from '../../../../src/renderer/state/explore/gridMoves'

describe('moveInGrid', () => {
  // 0 1 2 3
  // 4 5 6 7
  // 8 9
  const grid = { count: 10, columns: 4 }

  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 5, 9],
    ['ArrowDown', 6, 6],
    ['ArrowUp', 9, 5],
    ['ArrowUp', 2, 2],
    ['Home', 6, 4],
    ['End', 5, 7],
    ['End', 8, 9],
    ['PageUp', 9, 1],
    ['PageDown', 1, 9],
    ['PageDown', 3, 9]
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(moveInGrid(from, key, grid)).toBe(to)
  })

  it('leaves other keys alone', () => {
    expect(moveInGrid(0, 'a', grid)).toBeNull()
  })
})
