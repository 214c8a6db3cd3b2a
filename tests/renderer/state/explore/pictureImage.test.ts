import { describe, expect, it } from 'vitest'
import { pictureSide } from '../../../../src/renderer/components/pictureSide'
import { fromRgba, toRgba } from '../../../../src/renderer/state/explore/pictureImage'

describe('pixels for a canvas', () => {
  it('are the same when they come back', () => {
    const picture = { pixels: Uint8Array.from({ length: 12 }, (_, i) => 20 * i), size: 2, channels: 3 } as const
    const rgba = toRgba(picture)
    expect([...rgba.subarray(0, 8)]).toEqual([0, 20, 40, 255, 60, 80, 100, 255])
    expect(fromRgba(rgba, 2)).toEqual(picture)
  })

  it('of a grey picture have three equal colours', () => {
    const rgba = toRgba({ pixels: Uint8Array.of(1, 2, 3, 4), size: 2, channels: 1 })
    expect([...rgba.subarray(4, 12)]).toEqual([2, 2, 2, 255, 3, 3, 3, 255])
  })
})

describe('pictureSide', () => {
  it.each([
    [32, 64, 1, 64],
    [32, 100, 1, 96],
    [32, 100, 2, 96],
    [32, 56, 2, 48],
    [64, 64, 1.5, 64 / 1.5],
    [128, 64, 1, 64]
  ])('a picture of %i pixels in a box of %i at density %d has a side of %d', (size, box, density, side) => {
    expect(pictureSide(size, box, density)).toBeCloseTo(side)
  })
})
