import { describe, expect, it, vi } from 'vitest'
import { ExploreState } from '../../../../src/renderer/state/explore/exploreState.svelte'
import { Favourites } from '../../../../src/renderer/state/explore/favourites.svelte'
import { Neighbours } from '../../../../src/renderer/state/explore/neighbours.svelte'
import type { Handlers, Result } from '../../../../src/shared/contract/studio'
import { KwiatError } from '../../../../src/shared/errors'
import { toLatentBytes } from '../../../../src/shared/latent/latentBytes'
import { createExploreMock, facts } from '../../support/explore'

type Favourite = Result<'explore/addFavourite'>['favourite']

const model = { run: 'abc123', step: 200, weights: 'ema' } as const
const picture = { pixels: new Uint8Array(12), size: 2, channels: 3 } as const
const made = (first: number, name = `made ${first}`) => ({
  ...picture,
  model,
  name,
  latent: Float32Array.of(first, 0.1, 0.2, 0.3)
})

/** A host that keeps favourites as the real one does. */
function keeper() {
  let kept: readonly Favourite[] = []
  const removed = new Map<string, Favourite>()
  const answers = {
    'explore/favourites': () => ({ favourites: [...kept] }),
    'explore/addFavourite': ({ model: { run, ...rest }, latent, name }) => {
      const id = `0000000${kept.length}`
      const favourite = {
        id,
        name,
        created: '',
        run,
        runName: 'flowers',
        ...rest,
        step: Number(rest.step),
        latent,
        png: Uint8Array.of(1),
        isGone: false
      }
      kept = [favourite, ...kept]
      return { favourite }
    },
    'explore/renameFavourite': ({ id, name }) => {
      kept = kept.map((favourite) => (favourite.id === id ? { ...favourite, name } : favourite))
    },
    'explore/removeFavourite': ({ id }) => {
      removed.set(id, kept.find((favourite) => favourite.id === id)!)
      kept = kept.filter((favourite) => favourite.id !== id)
    },
    'explore/restoreFavourite': ({ id }) => {
      kept = [removed.get(id)!, ...kept]
    }
  } satisfies Partial<Handlers>
  return { answers, names: () => kept.map(({ name }) => name) }
}

const open = (answers: Partial<Handlers>) => new Favourites(createExploreMock(answers).client, async () => picture)

describe('Favourites', () => {
  it('knows a picture that was kept by its latent and weights, not by its name', async () => {
    const favourites = open(keeper().answers)
    await favourites.keep(made(1))
    expect([
      favourites.has(made(1, 'other name')),
      favourites.has(made(2)),
      favourites.has({ ...made(1), model: { ...model, step: 100 } }),
      favourites.has(null)
    ]).toEqual([true, false, false, false])
  })

  it('keeps, renames, removes and takes back, newest first, and finds them again after a start', async () => {
    const { answers, names } = keeper()
    const favourites = open(answers)
    await favourites.keep(made(1))
    await favourites.keep(made(2))
    await favourites.rename(favourites.all[1]!, 'rose')
    const [newest] = favourites.all
    await favourites.remove(newest!)
    expect([favourites.all.map(({ name }) => name), names()]).toEqual([['rose'], ['rose']])
    await favourites.restore(newest!)
    expect(favourites.all.map(({ name }) => name)).toEqual(['made 2', 'rose'])
    const again = open(answers)
    await again.load()
    expect(again.all.map(({ latent }) => latent)).toEqual([made(2).latent, made(1).latent])
  })

  it('offers only those whose latents the generator takes', async () => {
    const favourites = open(keeper().answers)
    await favourites.keep(made(1))
    await favourites.keep({ ...made(2), latent: new Float32Array(7) })
    expect(favourites.fitting({ ...facts, steps: [] }).map(({ name }) => name)).toEqual(['made 1'])
    expect(favourites.fitting(null)).toEqual([])
  })

  it('tells that one could not be kept, and shows none that was not', async () => {
    const favourites = open({
      'explore/addFavourite': () => {
        throw new KwiatError('disk-full', { who: 'x', expected: 'room', actual: 'none', todo: 'make room' })
      }
    })
    await expect(favourites.keep(made(1))).rejects.toMatchObject({ code: 'disk-full' })
    expect(favourites.all).toEqual([])
  })
})

describe('ExploreState', () => {
  it('imports a file of latents as favourites, in their order', async () => {
    const { answers, names } = keeper()
    const mock = createExploreMock({
      ...answers,
      'explore/readLatents': ({ name }) => {
        if (name !== 'good.npy') {
          throw new KwiatError('latents-invalid', { who: name, expected: 'a', actual: 'b', todo: 'c' })
        }
        return { latents: toLatentBytes(Float32Array.of(1, 0, 0, 0, 2, 0, 0, 0)), count: 2 }
      }
    })
    const explore = new ExploreState(mock.client, async () => picture)
    explore.open('abc123')
    await vi.waitFor(() => expect(explore.run.model).not.toBeNull())
    expect(await explore.importLatents(new File(['x'], 'good.npy'))).toBe(2)
    expect([explore.favourites.all.map(({ name }) => name), names()]).toEqual([
      ['good-1', 'good-2'],
      ['good-1', 'good-2']
    ])
    await expect(explore.importLatents(new File(['x'], 'bad.json'))).rejects.toMatchObject({ code: 'latents-invalid' })
    expect(names().length).toBe(2)
  })

  it('forgets what belongs to a run when another is opened', async () => {
    const explore = new ExploreState(createExploreMock().client, async () => picture)
    explore.open('abc123')
    await vi.waitFor(() => expect(explore.run.model).not.toBeNull())
    explore.wall.update()
    explore.plane.begin()
    explore.pick(made(1))
    await vi.waitFor(() => expect(explore.wall.pictures.length).toBe(64))
    explore.open('fed321')
    expect([explore.picked, explore.wall.pictures, explore.plane.slots.all]).toEqual([null, [], []])
  })
})

describe('Neighbours', () => {
  it('asks once for each picture and distance, nearest first', async () => {
    const asked: string[] = []
    const mock = createExploreMock({
      'explore/neighbours': ({ distance }) => {
        asked.push(distance)
        const neighbours = [3, 5].map((apart, index) => ({
          index,
          distance: apart,
          mirrored: index === 1,
          label: null
        }))
        const pixels = new Uint8Array(24).fill(7, 12)
        return { neighbours: [neighbours], pictures: { pixels, count: 2, size: 2, channels: 3 } }
      }
    })
    const neighbours = new Neighbours(mock.client)
    const one = made(1)
    const found = await neighbours.of('abc123', one)
    expect(found.map(({ distance, mirrored, picture: { pixels } }) => [distance, mirrored, pixels[0]])).toEqual([
      [3, false, 0],
      [5, true, 7]
    ])
    expect(neighbours.of('abc123', one)).toBe(neighbours.of('abc123', one))
    neighbours.distance = 'pixels'
    await neighbours.of('abc123', one)
    expect(asked).toEqual(['pyramid', 'pixels'])
  })

  it('asks again after a failure', async () => {
    let isThere = false
    const mock = createExploreMock({
      'explore/neighbours': () => {
        if (!isThere) {
          throw new KwiatError('data-not-found', { who: 'x', expected: 'a', actual: 'b', todo: 'c' })
        }
        return { neighbours: [[]], pictures: { pixels: new Uint8Array(), count: 0, size: 2, channels: 3 } }
      }
    })
    const neighbours = new Neighbours(mock.client)
    const one = made(1)
    await expect(neighbours.of('abc123', one)).rejects.toMatchObject({ code: 'data-not-found' })
    isThere = true
    expect(await neighbours.of('abc123', one)).toEqual([])
  })
})
