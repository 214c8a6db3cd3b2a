import { Random } from '../../../shared/random/random'
import { checkCancelled } from '../checkCancelled'
import type { EntriesRequest, PictureSource, SourceEntry } from '../source'
import { leastPetals, mostPetals, paintFlower, randomFlower } from './flower'

const defaultCount = 5000
const seed = 1
/** To be raised when the same numbers give other flowers, so that no import of old ones is taken for new. */
const version = 1
const smallSize = 32
const largeSize = 64

const classNameOf = (petals: number): string => `petals-${petals}`

/** Painted flowers, the same at each call, 32 or 64 pixels wide. A flower's class is its number of petals. */
export function flowersSource(count = defaultCount): PictureSource {
  const classes = Array.from({ length: mostPetals - leastPetals + 1 }, (_, i) => classNameOf(leastPetals + i))
  return {
    kind: 'flowers',
    name: 'flowers',
    identity: `flowers ${version} ${seed} ${count}`,
    pictureCount: count,
    classes: classes.map((name) => ({ name, count: null })),
    otherFiles: 0,
    entries: (request) => entriesOf(count, request)
  }
}

async function* entriesOf(count: number, { classes, size, signal }: EntriesRequest): AsyncGenerator<SourceEntry> {
  const side = size <= smallSize ? smallSize : largeSize
  for (let index = 0; index < count; index++) {
    checkCancelled(signal)
    const flower = randomFlower(new Random(seed, 'flowers', index))
    const className = classNameOf(flower.petals)
    if (classes.has(className)) {
      const picture = {
        kind: 'raw',
        width: side,
        height: side,
        channels: 3,
        pixels: paintFlower(flower, side)
      } as const
      yield { kind: 'picture', name: `flower-${index}`, className, picture }
    }
  }
}
