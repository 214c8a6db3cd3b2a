import { describe, expect, it } from 'vitest'
import { multiplyHigh, philox } from '../../../src/shared/random/philox'

type Four = readonly [number, number, number, number]

function hash([c0, c1, c2, c3]: Four, [key0, key1]: readonly [number, number]): readonly number[] {
  const out = new Uint32Array(4)
  philox(out, c0, c1, c2, c3, key0, key1)
  return [...out]
}

describe('philox', () => {
  // The known answers that the authors ship with Random123 (kat_vectors, philox4x32-10).
  it('gives the authors’ known answer for counter and key of zeros', () => {
    expect(hash([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  })

  it('gives the authors’ known answer for counter and key of ones', () => {
    const ones = 0xffffffff
    expect(hash([ones, ones, ones, ones], [ones, ones])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd])
  })

  it('gives the authors’ known answer for the digits of pi', () => {
    expect(hash([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1
    ])
  })
})

describe('multiplyHigh', () => {
  it('agrees with exact integers where halves carry', () => {
    const operands = [0, 1, 0xffff, 0x10000, 0x1ffff, 0x7fffffff, 0x80000000, 0xfffeffff, 0xffffffff, 0xd2511f53]
    for (const a of operands) {
      for (const b of operands) {
        expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n))
      }
    }
  })
})
