import { describe, expect, it } from 'vitest'
import { framesOf, type LatentPath, latentAt } from '../../../src/shared/latent/path'

/** On a line, where positions are easy to see. */
const path = (fields: Partial<LatentPath> = {}): LatentPath => ({
  keyframes: [0, 10, 30].map((value) => Float32Array.of(value)),
  loop: false,
  interpolation: 'lerp',
  easing: 'constant',
  ...fields
})
const at = (position: number, fields: Partial<LatentPath> = {}) => latentAt(path(fields), position)[0]

describe('a path of keyframes', () => {
  it('gives each stretch the same time, and ends at its last keyframe', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((position) => at(position))).toEqual([0, 5, 10, 20, 30])
    expect([at(-1), at(2)]).toEqual([0, 30])
  })

  it('goes back to its first keyframe where it is a loop, round and round', () => {
    const loop = { loop: true }
    expect([0, 1 / 3, 2 / 3, 1].map((position) => Math.round(at(position, loop)!))).toEqual([0, 10, 30, 0])
    expect(at(5 / 6, loop)).toBeCloseTo(15)
    expect(at(1 + 1 / 6, loop)).toBeCloseTo(5)
    expect(at(-1 / 6, loop)).toBeCloseTo(15)
  })

  it('slows down at each keyframe where it is eased', () => {
    const eased = { easing: 'eased' } as const
    const speedAt = (position: number) => (at(position + 1e-3, eased)! - at(position - 1e-3, eased)!) / 2e-3
    expect(speedAt(0.25)).toBeCloseTo(1.5 * 20, 1)
    expect(Math.abs(speedAt(0.5))).toBeLessThan(0.5)
    expect([at(0.25, eased), at(0.5, eased)]).toEqual([5, 10])
  })

  it('turns on the sphere where that is asked for', () => {
    const keyframes = [Float32Array.of(1, 0), Float32Array.of(0, 1)]
    const [x, y] = latentAt(path({ keyframes, interpolation: 'slerp' }), 0.5)
    expect(x).toBeCloseTo(Math.SQRT1_2)
    expect(y).toBeCloseTo(Math.SQRT1_2)
  })

  it('gives frames from end to end, or once round without the first again', () => {
    expect([...framesOf(path(), 5)]).toEqual([0, 5, 10, 20, 30])
    expect([...framesOf(path({ loop: true }), 3)].map(Math.round)).toEqual([0, 10, 30])
    expect([...framesOf(path(), 1)]).toEqual([0])
    expect([...framesOf(path({ keyframes: [Float32Array.of(7)] }), 3)]).toEqual([7, 7, 7])
  })
})
