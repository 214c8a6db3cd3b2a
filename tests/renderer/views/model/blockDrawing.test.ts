import { describe, expect, it } from 'vitest'
import { blockOf, drawingBox, facesOf } from '../../../../src/renderer/views/model/blockDrawing'

const depthOf = (shape: readonly number[]) => blockOf(shape, 32).depth.x

describe('the drawing of a block', () => {
  it('has sides in the proportion of the pictures', () => {
    const [small, large] = [blockOf([8, 16, 3], 32), blockOf([32, 32, 3], 32)]
    expect(large.height / small.height).toBeCloseTo(4)
    expect(large.width / small.width).toBeCloseTo(2)
  })

  it('goes back by the same length for each doubling of the channels', () => {
    const steps = [64, 128, 256, 512].map((channels) => depthOf([4, 4, channels]))
    const growth = steps.slice(1).map((depth, i) => depth - (steps[i] ?? 0))
    expect(growth[1]).toBeCloseTo(growth[0] ?? 0)
    expect(growth[2]).toBeCloseTo(growth[0] ?? 0)
  })

  it('takes a vector for one pixel of many channels', () => {
    expect(blockOf([256], 32)).toEqual(blockOf([1, 1, 256], 32))
  })

  it.each([[[256, 256, 65_536]], [[1, 1, 1]], [[65_536]], [[64, 64, 1024]], [[7, 300]]])(
    'of %j stays in its box',
    (shape) => {
      const faces = facesOf(blockOf(shape, 256))
      const numbers = Object.values(faces).flatMap((points) =>
        points.split(' ').map((point) => point.split(',').map(Number))
      )
      for (const [x = -1, y = -1] of numbers) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(drawingBox.width)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(drawingBox.height)
      }
    }
  )
})
