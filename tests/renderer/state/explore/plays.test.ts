import { describe, expect, it, vi } from 'vitest'
import { DirectionsPlay, stripAmounts } from '../../../../src/renderer/state/explore/directions.svelte'
import { MixPlay } from '../../../../src/renderer/state/explore/mix.svelte'
import { PathPlay } from '../../../../src/renderer/state/explore/pathPlay.svelte'
import { mapSide, PlanePlay, sheetSide } from '../../../../src/renderer/state/explore/plane.svelte'
import { Slots } from '../../../../src/renderer/state/explore/slots.svelte'
import type { Handlers } from '../../../../src/shared/contract/studio'
import { KwiatError } from '../../../../src/shared/errors'
import { analogy } from '../../../../src/shared/latent/arithmetic'
import { toLatentBytes } from '../../../../src/shared/latent/latentBytes'
import { planeAt } from '../../../../src/shared/latent/plane'
import { createExploreMock, openExploredRun, paint, shadeOf } from '../../support/explore'

async function open<Play>(
  create: new (
    client: ReturnType<typeof createExploreMock>['client'],
    run: Awaited<ReturnType<typeof openExploredRun>>
  ) => Play,
  answers: Partial<Handlers> = {}
): Promise<Play> {
  const mock = createExploreMock(answers)
  return new create(mock.client, await openExploredRun(mock))
}

const latent = (...values: number[]): Float32Array => Float32Array.of(...values)

describe('Slots', () => {
  const named = (name: string) => ({ name, latent: latent(name.charCodeAt(0) / 100, 0, 0, 0) })

  it('keeps latents in an order that can be changed, each with its picture', async () => {
    const slots = await open(Slots)
    for (const name of ['a', 'b', 'c', 'd']) {
      slots.add(named(name))
    }
    slots.move(3, 1)
    slots.move(0, 2)
    slots.move(1, 9)
    slots.put(0, named('e'))
    slots.remove(3)
    expect(slots.all.map(({ name }) => name)).toEqual(['e', 'b', 'a'])
    slots.update()
    await vi.waitFor(() => expect(slots.pictureOf(2)?.pixels[0]).toBe(shadeOf(named('a').latent)))
    expect(slots.pictureOf(3)).toBeNull()
  })
})

describe('PathPlay', () => {
  it('has something to play at once, and shows where it stands', async () => {
    const path = await open(PathPlay)
    expect(path.canPlay).toBe(false)
    path.begin()
    expect([path.canPlay, path.keyframes.all.length, path.seconds]).toEqual([true, 4, 6])
    path.seek(0.5)
    path.update()
    // Halfway round four keyframes stands the third.
    expect(path.latent?.map((value) => Math.fround(value))).toEqual(path.keyframes.all[2]?.latent)
    await vi.waitFor(() => expect(path.frame?.pixels[0]).toBe(shadeOf(path.latent!)))
  })

  it('takes as long as its stretches do', async () => {
    const path = await open(PathPlay)
    path.begin()
    path.loop = false
    path.setSecondsEach(2)
    expect(path.seconds).toBe(6)
    path.setSecondsEach(100)
    expect(path.secondsEach).toBe(5)
  })

  it('is a film as long as the path at any number of frames a second', async () => {
    const asked: number[] = []
    const path = await open(PathPlay, {
      'explore/pictures': (params) => {
        const pictures = paint(params)
        asked.push(pictures.count)
        return pictures
      }
    })
    expect(path.film(30)).toBeNull()
    path.begin()
    expect([path.film(30)?.count, path.film(10)?.count, path.film(30)?.width]).toEqual([180, 60, 2])
    expect(asked).toEqual([])
  })

  it('stops where it fails, tells why, and can be played again', async () => {
    let isGone = true
    const path = await open(PathPlay, {
      'explore/pictures': (params) => {
        if (isGone) {
          throw new KwiatError('workshop-crashed', { who: 'w', expected: 'an answer', actual: 'none', todo: 'again' })
        }
        return paint(params)
      }
    })
    path.begin()
    path.play()
    await vi.waitFor(() => expect([path.isPlaying, path.problem]).toMatchObject([false, { code: 'workshop-crashed' }]))
    isGone = false
    path.play()
    await vi.waitFor(() => expect(path.position).toBeGreaterThan(0))
    expect(path.isPlaying).toBe(true)
    path.clear()
    expect([path.isPlaying, path.canPlay, path.problem]).toEqual([false, false, null])
  })

  it('comes to rest at the end of a path that is no loop', async () => {
    const path = await open(PathPlay)
    path.begin()
    path.loop = false
    path.setSecondsEach(0.25)
    path.play()
    await vi.waitFor(() => expect([path.isPlaying, path.position]).toEqual([false, 1]), { timeout: 5000 })
  })
})

describe('PlanePlay', () => {
  const corners = (plane: PlanePlay) => {
    const [topLeft, topRight, bottomLeft, bottomRight] = plane.slots.all.map((slot) => slot.latent)
    return { topLeft: topLeft!, topRight: topRight!, bottomLeft: bottomLeft!, bottomRight: bottomRight! }
  }

  it('shows the point, what is around it, and the whole plane', async () => {
    const plane = await open(PlanePlay)
    expect(plane.latent).toBeNull()
    plane.begin()
    plane.moveTo(0.3, 0.8)
    plane.updatePoint()
    plane.updateSheet()
    plane.updateMap()
    expect(plane.latent).toEqual(planeAt(corners(plane), 0.3, 0.8))
    await vi.waitFor(() => expect(plane.picture?.pixels[0]).toBe(shadeOf(plane.latent!)))
    await vi.waitFor(() => expect(plane.sheetPicture(sheetSide ** 2 - 1)).not.toBeNull())
    expect(plane.sheetPicture((sheetSide ** 2 - 1) / 2)).toEqual(plane.picture)
    await vi.waitFor(() => expect(plane.mapPicture(0)?.pixels[0]).toBe(shadeOf(corners(plane).topLeft)))
    expect(plane.mapPicture(mapSide ** 2 - 1)?.pixels[0]).toBe(shadeOf(corners(plane).bottomRight))
  })

  it('is moved by the arrow keys, further with Shift, and never over its edge', async () => {
    const plane = await open(PlanePlay)
    expect([plane.press('ArrowRight', false), plane.press('ArrowDown', true), plane.press('x', false)]).toEqual([
      true,
      true,
      false
    ])
    expect([plane.x, plane.y]).toEqual([expect.closeTo(0.52), expect.closeTo(0.7)])
    for (let i = 0; i < 10; i++) {
      plane.press('ArrowLeft', true)
    }
    expect(plane.x).toBe(0)
  })
})

describe('MixPlay', () => {
  it('makes the picture of A − B + C, of the terms in their present order', async () => {
    const mix = await open(MixPlay)
    mix.begin()
    mix.swap(0, 1)
    const [a, b, c] = mix.slots.all.map((slot) => slot.latent)
    expect(mix.latent).toEqual(analogy(a!, b!, c!))
    mix.update()
    await vi.waitFor(() => expect(mix.picture?.pixels[0]).toBe(shadeOf(mix.latent!)))
  })
})

describe('DirectionsPlay', () => {
  const vectors = latent(1, 0, 0, 0, 0, 1, 0, 0)
  const answers = {
    'explore/directions': () => ({ vectors: toLatentBytes(vectors), strengths: [2, 1] })
  } satisfies Partial<Handlers>

  async function found(more: Partial<Handlers> = {}): Promise<DirectionsPlay> {
    const directions = await open(DirectionsPlay, { ...answers, ...more })
    directions.begin()
    directions.find()
    await vi.waitFor(() => expect(directions.isFinding).toBe(false))
    return directions
  }

  it('moves a latent along each direction by its slider', async () => {
    const directions = await found()
    const base = directions.base.all[0]!.latent
    directions.setAmount(0, 2)
    directions.setAmount(1, -1)
    const moved = base.slice()
    moved[0]! += 2
    moved[1]! -= 1
    expect(directions.latent).toEqual(moved)
    directions.updateResult()
    await vi.waitFor(() => expect(directions.picture?.pixels[0]).toBe(shadeOf(moved)))
    directions.reset()
    expect(directions.latent).toEqual(base)
  })

  it('shows what each direction alone does', async () => {
    const directions = await found()
    directions.updateStrips()
    const base = directions.base.all[0]!.latent[0]!
    const shade = (along: number) => shadeOf(latent(base + along, 0, 0, 0))
    await vi.waitFor(() => expect(directions.stripPicture(1, 4)).not.toBeNull())
    const strip = (place: number) => stripAmounts.map((_, i) => directions.stripPicture(place, i)?.pixels[0])
    expect(strip(0)).toEqual(stripAmounts.map(shade))
    expect(strip(1)).toEqual(stripAmounts.map(() => shade(0)))
  })

  it('keeps a direction under its name, and takes back that one was forgotten', async () => {
    const kept = new Map<string, { readonly name: string; readonly vector: Uint8Array }>()
    const tell = (id: string) => ({ id, created: '', run: 'abc123', runName: 'flowers', ...kept.get(id)! })
    const removed = new Map(kept)
    const directions = await found({
      'explore/saveDirection': ({ name, vector }) => {
        kept.set('0000000a', { name, vector })
        return { direction: tell('0000000a') }
      },
      'explore/savedDirections': () => ({ directions: [...kept.keys()].map(tell) }),
      'explore/renameDirection': ({ id, name }) => {
        kept.set(id, { ...kept.get(id)!, name })
      },
      'explore/removeDirection': ({ id }) => {
        removed.set(id, kept.get(id)!)
        kept.delete(id)
      },
      'explore/restoreDirection': ({ id }) => {
        kept.set(id, removed.get(id)!)
      }
    })
    await directions.rename(1, 'petals')
    await directions.save(1, directions.all[1]!.name!)
    directions.choose('saved')
    directions.find()
    await vi.waitFor(() => expect(directions.all.map(({ name }) => name)).toEqual(['petals']))
    expect(directions.all[0]?.vector).toEqual(latent(0, 1, 0, 0))
    await directions.rename(0, 'colour')
    const restore = await directions.forget(0)
    await vi.waitFor(() => expect(directions.all).toEqual([]))
    await restore?.()
    await vi.waitFor(() => expect(directions.all.map(({ name }) => name)).toEqual(['colour']))
  })

  it('says why a model has none', async () => {
    const directions = await found({
      'explore/directions': () => {
        throw new KwiatError('directions-unavailable', { who: 'g', expected: 'a', actual: 'b', todo: 'c' })
      }
    })
    expect([directions.all, directions.problem]).toMatchObject([[], { code: 'directions-unavailable' }])
    directions.retry()
  })
})
