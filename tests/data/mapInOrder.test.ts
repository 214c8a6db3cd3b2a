import { describe, expect, it } from 'vitest'
import { mapInOrder } from '../../src/main/data/mapInOrder'

/** Promises that are settled by hand. */
function deferred() {
  const settle: { resolve: () => void; reject: (error: Error) => void }[] = []
  const work = (item: number) =>
    new Promise<number>((resolve, reject) => {
      settle.push({ resolve: () => resolve(10 * item), reject })
    })
  return { settle, work }
}

const ticks = async () => {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve()
  }
}

describe('mapInOrder', () => {
  it('yields in the order of the items although they end in another', async () => {
    const { settle, work } = deferred()
    const results = mapInOrder([1, 2, 3], 3, work)
    const first = results.next()
    await ticks()
    settle[2]!.resolve()
    settle[1]!.resolve()
    await ticks()
    settle[0]!.resolve()
    expect([await first, await results.next(), await results.next(), await results.next()]).toEqual([
      { done: false, value: 10 },
      { done: false, value: 20 },
      { done: false, value: 30 },
      { done: true, value: undefined }
    ])
  })

  it('never has more than the given number under way', async () => {
    const { settle, work } = deferred()
    const results = mapInOrder([1, 2, 3, 4], 2, work)
    const first = results.next()
    await ticks()
    expect(settle).toHaveLength(2)
    settle[0]!.resolve()
    await first
    const second = results.next()
    await ticks()
    expect(settle).toHaveLength(3)
    settle[1]!.resolve()
    settle[2]!.resolve()
    expect(await second).toEqual({ done: false, value: 20 })
    expect(await results.next()).toEqual({ done: false, value: 30 })
  })

  it('throws a failure at its turn, after what is under way has ended', async () => {
    const { settle, work } = deferred()
    const results = mapInOrder([1, 2, 3], 3, work)
    const first = results.next()
    await ticks()
    settle[1]!.reject(new Error('second'))
    settle[0]!.resolve()
    expect(await first).toEqual({ done: false, value: 10 })
    let ended = false
    const second = results.next().catch((error: unknown) => {
      ended = true
      return error
    })
    await ticks()
    expect(ended).toBe(false)
    settle[2]!.resolve()
    expect(await second).toEqual(new Error('second'))
  })
})
