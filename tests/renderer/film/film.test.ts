import { describe, expect, it } from 'vitest'
import { type FilmFrames, fittingEnlargement, gifDelay, pictureSize } from '../../../src/renderer/film/film'

const frames = (width: number, height: number): FilmFrames => ({ count: 3, width, height, draw: () => undefined })

describe('the size of a film', () => {
  it('is even on both sides, since codecs share colours between neighbours', () => {
    expect(pictureSize(frames(33, 20), 3)).toEqual({ width: 100, height: 60 })
    expect(pictureSize(frames(33, 20), 2)).toEqual({ width: 66, height: 40 })
  })

  it.each([
    [270, 270, 1080, 4],
    [274, 274, 1080, 3],
    [100, 600, 1080, 1],
    [3000, 10, 1080, 1],
    [32, 32, 1080, 8]
  ])('%i × %i fits %i pixels when enlarged %i times', (width, height, side, factor) => {
    expect(fittingEnlargement(frames(width, height), side)).toBe(factor)
  })
})

describe('the pace of a GIF', () => {
  it('is kept over the whole film although a delay is whole hundredths of a second', () => {
    const delays = Array.from({ length: 30 }, (_, index) => gifDelay(index, 15))
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(200)
    expect(new Set(delays)).toEqual(new Set([6, 7]))
  })

  it('is never so fast that players fall back to their own', () => {
    expect(gifDelay(0, 100)).toBe(2)
  })
})
