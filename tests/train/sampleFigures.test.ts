import { expect, it } from 'vitest'
import { sampleFigures } from '../../src/main/train/sampleFigures'

/** Two pictures of 2 × 2 in grey. */
const grid = (...pixels: readonly number[]) => ({
  pixels: Uint8Array.from(pixels),
  count: 2,
  size: 2,
  channels: 1 as const
})

it('gives the figures of a grid, as computed by hand', () => {
  // Within: deviations 50 and 0. Between: |a − b| / 2 at each position: 0, 50, 0, 50.
  const figures = sampleFigures(grid(100, 200, 100, 200, 100, 100, 100, 100))
  expect(figures['sample/saturated']).toBe(0)
  expect(figures['sample/contrast']).toBeCloseTo(25 / 255, 12)
  expect(figures['sample/diversity']).toBeCloseTo(25 / 255, 12)
})

it('sees black and white as saturated, and one colour as flat', () => {
  expect(sampleFigures(grid(0, 255, 0, 254, 0, 0, 0, 0))['sample/saturated']).toBe(7 / 8)
  expect(sampleFigures(grid(9, 9, 9, 9, 9, 9, 9, 9))).toEqual({
    'sample/saturated': 0,
    'sample/contrast': 0,
    'sample/diversity': 0
  })
})

it('keeps channels apart: a picture of one colour is flat, whatever the colour', () => {
  const pixels = Uint8Array.from([200, 10, 90, 200, 10, 90, 200, 10, 90, 200, 10, 90])
  expect(sampleFigures({ pixels, count: 1, size: 2, channels: 3 })['sample/contrast']).toBe(0)
})
