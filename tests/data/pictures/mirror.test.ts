import { describe, expect, it } from 'vitest'
import { mirror } from '../../../src/main/data/pictures/mirror'

describe('mirroring', () => {
  it('reverses the pixels of each row and keeps the channels of each pixel', () => {
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19)
    mirror(pixels, 3, 3)
    expect([...pixels]).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13])
  })

  it('reverses the rows of grey pictures', () => {
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6)
    mirror(pixels, 3, 1)
    expect([...pixels]).toEqual([3, 2, 1, 6, 5, 4])
  })
})
