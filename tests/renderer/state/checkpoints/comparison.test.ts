import { describe, expect, it } from 'vitest'
import { Comparison } from '../../../../src/renderer/state/checkpoints/comparison.svelte'
import { differenceOf } from '../../../../src/renderer/state/checkpoints/difference'

describe('Comparison', () => {
  it('shows two, the earlier first, and lets the first go when a third is chosen', () => {
    const comparison = new Comparison()
    comparison.toggle(300)
    expect(comparison.pair).toBeNull()
    comparison.open()
    expect(comparison.isOpen).toBe(false)
    comparison.toggle(100)
    expect(comparison.pair).toEqual([100, 300])
    comparison.toggle(200)
    expect(comparison.pair).toEqual([100, 200])
    comparison.open()
    expect(comparison.isOpen).toBe(true)
    comparison.toggle(100)
    expect([comparison.pair, comparison.isOpen]).toEqual([null, false])
  })
})

const picture = (...data: number[]) => ({ width: data.length / 4, height: 1, data: Uint8ClampedArray.from(data) })

describe('differenceOf', () => {
  it('is the brightened distance in each colour, opaque, and its mean', () => {
    const difference = differenceOf(picture(10, 20, 30, 255, 0, 0, 0, 255), picture(13, 10, 30, 255, 0, 100, 0, 255), 4)
    expect([...difference!.pixels]).toEqual([12, 40, 0, 255, 0, 255, 0, 255])
    expect(difference!.mean).toBeCloseTo((3 + 10 + 100) / (6 * 255), 12)
  })

  it('is none for pictures of other sizes', () => {
    expect(differenceOf(picture(1, 2, 3, 255), picture(1, 2, 3, 255, 1, 2, 3, 255), 1)).toBeNull()
  })
})
