import { describe, expect, it } from 'vitest'
import { PictureOrder } from '../../../src/main/data/pictures/pictureOrder'

const pictures = (count: number) => Uint32Array.from({ length: count }, (_, i) => 100 + i)
const orderOf = (count: number, changes: Partial<{ seed: number; batchSize: number; flip: boolean }> = {}) =>
  new PictureOrder(pictures(count), { seed: 7, batchSize: 4, flip: false, ...changes })

/** The first pictures that are shown, with their flips. */
function shown(order: PictureOrder, iterations: number): { indices: number[]; mirrored: number[] } {
  const plans = Array.from({ length: iterations }, (_, iteration) => order.planOf(iteration))
  return {
    indices: plans.flatMap(({ indices }) => [...indices]),
    mirrored: plans.flatMap(({ mirrored }) => [...mirrored])
  }
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

describe('the order of pictures', () => {
  it.each([
    { count: 10, batchSize: 4 },
    { count: 12, batchSize: 4 },
    { count: 3, batchSize: 7 },
    { count: 1, batchSize: 5 },
    { count: 5, batchSize: 1 }
  ])(
    'shows each of $count pictures once an epoch, in batches of $batchSize that run across epochs',
    ({ count, batchSize }) => {
      const { indices } = shown(orderOf(count, { batchSize }), Math.ceil((4 * count) / batchSize))
      for (let epoch = 0; epoch < 4; epoch++) {
        expect(sorted(indices.slice(epoch * count, (epoch + 1) * count))).toEqual([...pictures(count)])
      }
    }
  )

  it('differs from epoch to epoch and from seed to seed', () => {
    const first = shown(orderOf(20), 10).indices
    const other = shown(orderOf(20, { seed: 8 }), 10).indices
    expect(first.slice(0, 20)).not.toEqual(first.slice(20))
    expect(other.slice(0, 20)).not.toEqual(first.slice(0, 20))
    expect(first).not.toEqual([...pictures(20), ...pictures(20)])
  })

  it('is the same from any iteration, in any order of asking, in another process', () => {
    const whole = orderOf(10, { flip: true })
    const plans = Array.from({ length: 40 }, (_, iteration) => whole.planOf(iteration))
    for (const iteration of [39, 0, 17, 17, 3]) {
      expect(orderOf(10, { flip: true }).planOf(iteration)).toEqual(plans[iteration])
      expect(whole.planOf(iteration)).toEqual(plans[iteration])
    }
  })

  it('is the same sequence for every batch size, flips included', () => {
    const inFours = shown(orderOf(10, { flip: true }), 15)
    expect(shown(orderOf(10, { flip: true, batchSize: 12 }), 5)).toEqual(inFours)
    expect(shown(orderOf(10, { flip: true, batchSize: 1 }), 60)).toEqual(inFours)
  })

  it('mirrors about half of the pictures, not the same ones in each epoch, and none without flips', () => {
    const { indices, mirrored } = shown(orderOf(1000, { flip: true, batchSize: 1000 }), 4)
    const total = mirrored.reduce((sum, value) => sum + value)
    // 4000 draws of ½: deviation √1000 = 32.
    expect(Math.abs(total - 2000)).toBeLessThan(130)
    const flipsOf = (epoch: number) =>
      new Map(indices.slice(1000 * epoch, 1000 * (epoch + 1)).map((index, i) => [index, mirrored[1000 * epoch + i]]))
    const [first, second] = [flipsOf(0), flipsOf(1)]
    const same = [...first].filter(([index, flip]) => second.get(index) === flip).length
    expect(Math.abs(same - 500)).toBeLessThan(65)
    expect(shown(orderOf(1000), 4).mirrored.every((value) => value === 0)).toBe(true)
  })

  it('keeps its order when flips are turned on', () => {
    expect(shown(orderOf(10, { flip: true }), 10).indices).toEqual(shown(orderOf(10), 10).indices)
  })

  it('reaches iterations far away', () => {
    const { indices } = orderOf(7, { batchSize: 7 }).planOf(1_000_000_000)
    expect(sorted([...indices])).toEqual([...pictures(7)])
  })
})
