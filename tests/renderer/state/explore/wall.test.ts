import { describe, expect, it, vi } from 'vitest'
import { Wall } from '../../../../src/renderer/state/explore/wall.svelte'
import type { Handlers, Params } from '../../../../src/shared/contract/studio'
import { KwiatError } from '../../../../src/shared/errors'
import { createExploreMock, Held, latentSize, openExploredRun, paint, shadeOf } from '../../support/explore'

async function openWall(answers: Partial<Handlers> = {}) {
  const mock = createExploreMock(answers)
  const run = await openExploredRun(mock)
  return { run, wall: new Wall(mock.client, run) }
}

const shades = (wall: Wall): number[] => wall.pictures.map(({ pixels }) => pixels[0]!)

async function drawn(wall: Wall): Promise<readonly number[]> {
  wall.update()
  await vi.waitFor(() => expect([wall.isDrawing, wall.pictures.length]).toEqual([false, wall.count]))
  return shades(wall)
}

const gone = new KwiatError('checkpoint-not-found', { who: 'step 200', expected: 'it', actual: 'none', todo: 'look' })

describe('Wall', () => {
  it('shows the pictures of a seed, the same again for the same seed', async () => {
    const { wall } = await openWall()
    const first = await drawn(wall)
    wall.setSeed(7)
    const other = await drawn(wall)
    wall.setSeed(0)
    expect(await drawn(wall)).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(20)
  })

  it('gives each picture its latent, from which it is made', async () => {
    const { wall } = await openWall()
    await drawn(wall)
    const made = wall.at(37)
    expect([made?.name, made?.model.step, made?.pixels[0]]).toEqual(['0-38', 200, shadeOf(made!.latent)])
    expect(wall.latents.slice(37 * latentSize, 38 * latentSize)).toEqual(made?.latent)
  })

  it('shows nothing but the mean at a truncation of 0', async () => {
    const { wall } = await openWall()
    wall.setPsi(0)
    expect(new Set(await drawn(wall))).toEqual(new Set([shadeOf(new Float32Array(latentSize))]))
  })

  it('asks for no picture again when more are wanted, and keeps the first ones when fewer are', async () => {
    const asked: number[] = []
    const { wall } = await openWall({
      'explore/pictures': (params) => {
        const pictures = paint(params)
        asked.push(pictures.count)
        return pictures
      }
    })
    const few = await drawn(wall)
    wall.setCount(70)
    const many = await drawn(wall)
    expect([many.slice(0, 64), asked]).toEqual([few, [32, 32, 6]])
    wall.setCount(10)
    expect(await drawn(wall)).toEqual(few.slice(0, 10))
  })

  it('has one call in flight, and takes the newest of many changes next', async () => {
    const held = new Held<ReturnType<typeof paint>>()
    const asked: Params<'explore/pictures'>[] = []
    const { wall } = await openWall({
      'explore/pictures': (params) => {
        asked.push(params)
        return held.next()
      }
    })
    wall.setCount(2)
    wall.update()
    for (let i = 1; i <= 15; i++) {
      wall.setPsi(i / 10)
      wall.update()
    }
    await vi.waitFor(() => expect(asked.length).toBe(1))
    await held.answer(paint(asked[0]!))
    await vi.waitFor(() => expect(asked.length).toBe(2))
    // The first answer is of a truncation that nobody wants any more.
    expect(wall.pictures).toEqual([])
    await held.answer(paint(asked[1]!))
    expect(wall.pictures[0]?.pixels[0]).toBe(shadeOf(wall.latents))
    expect(asked.length).toBe(2)
  })

  it('tells that the checkpoint has vanished, keeps what it shows, and goes on with another', async () => {
    const { wall, run } = await openWall({
      'explore/pictures': (params) => {
        if (params.model.step === 100) {
          throw gone
        }
        return paint(params)
      }
    })
    const before = await drawn(wall)
    run.choose(100)
    wall.update()
    await vi.waitFor(() => expect(wall.problem).toMatchObject({ code: 'checkpoint-not-found' }))
    expect(shades(wall)).toEqual(before)
    run.choose('newest')
    await drawn(wall)
    expect(wall.problem).toBeNull()
  })

  it.each([
    [0, 1],
    [5000, 1024],
    [Number.NaN, 1],
    [12.7, 12]
  ])('takes %d pictures as %i', async (given, taken) => {
    const { wall } = await openWall()
    wall.setCount(given)
    expect(wall.count).toBe(taken)
  })
})
