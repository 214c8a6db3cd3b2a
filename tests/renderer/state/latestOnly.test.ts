import { describe, expect, it } from 'vitest'
import { LatestOnly } from '../../../src/renderer/state/latestOnly'
import { Cancelled } from '../../../src/shared/errors'
import { Held } from '../support/explore'

function latest(atOnce: number) {
  const held = new Held<string>()
  const asked: number[] = []
  const told: unknown[] = []
  const wishes = new LatestOnly<number, string>({
    ask: (wish) => {
      asked.push(wish)
      return held.next()
    },
    onAnswer: (answer, wish) => told.push([wish, answer]),
    onProblem: (error) => told.push(error),
    atOnce
  })
  return { held, asked, told, wishes }
}

describe('LatestOnly', () => {
  it('asks for the newest of many wishes only, however slow the answers are', async () => {
    const { held, asked, told, wishes } = latest(1)
    for (let wish = 1; wish <= 100; wish++) {
      wishes.want(wish)
    }
    expect(asked).toEqual([1])
    await held.answer('a')
    await held.answer('b')
    expect([asked, held.waiting.length, told]).toEqual([
      [1, 100],
      0,
      [
        [1, 'a'],
        [100, 'b']
      ]
    ])
  })

  it('never has more calls in flight than it may', async () => {
    const { held, asked, wishes } = latest(2)
    for (let wish = 1; wish <= 10; wish++) {
      wishes.want(wish)
    }
    expect(asked).toEqual([1, 2])
    await held.answer('a')
    expect([asked, held.waiting.length]).toEqual([[1, 2, 10], 2])
  })

  it('drops an answer that comes after a newer one', async () => {
    const { held, told, wishes } = latest(2)
    wishes.want(1)
    wishes.want(2)
    const first = held.waiting.shift()
    await held.answer('new')
    first?.resolve('old')
    await held.answer('')
    expect(told).toEqual([[2, 'new']])
  })

  it('tells a failure and goes on with the next wish', async () => {
    const { held, told, wishes } = latest(1)
    wishes.want(1)
    wishes.want(2)
    await held.fail('broken')
    await held.answer('whole')
    expect(told).toEqual(['broken', [2, 'whole']])
  })

  it('takes cancelling for no failure, and forgets what is on its way when told to', async () => {
    const { held, told, wishes } = latest(1)
    wishes.want(1)
    await held.fail(new Cancelled())
    wishes.want(2)
    wishes.forget()
    await held.answer('late')
    expect(told).toEqual([])
  })
})
