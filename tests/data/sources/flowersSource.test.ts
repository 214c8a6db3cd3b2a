import { describe, expect, it } from 'vitest'
import type { RawPicture } from '../../../src/main/data/decode/picture'
import { type Flower, paintFlower, randomFlower } from '../../../src/main/data/sources/flower'
import { flowersSource } from '../../../src/main/data/sources/flowersSource'
import { Random } from '../../../src/shared/random/random'
import { entriesOf, namesOf } from '../support/entriesOf'

const plain: Flower = {
  petals: 5,
  colour: [0.8, 0, 0.4],
  radius: 0.4,
  waist: 0.4,
  phase: 0,
  centre: [0.5, 0.5],
  middleRadius: 0.1,
  middleColour: [1, 0.8, 0],
  groundColour: [0.2, 0.4, 0.1],
  groundSlope: 0,
  groundAngle: 0
}

const colourAt = (pixels: Uint8Array, size: number, x: number, y: number): number[] => {
  const at = 3 * (Math.floor(y * size) * size + Math.floor(x * size))
  return [...pixels.subarray(at, at + 3)]
}

/** The number of separate petals met on a circle around the centre between waist and rim. */
function petalsOn(pixels: Uint8Array, size: number, { centre, radius, groundColour }: Flower): number {
  const isGround = (turn: number) => {
    const angle = 2 * Math.PI * turn
    const colour = colourAt(
      pixels,
      size,
      centre[0] + 0.75 * radius * Math.cos(angle),
      centre[1] + 0.75 * radius * Math.sin(angle)
    )
    return colour.every((value, channel) => Math.abs(value - 255 * groundColour[channel]!) < 60)
  }
  const places = Array.from({ length: 720 }, (_, i) => isGround(i / 720))
  return places.filter((ground, i) => !ground && places.at(i - 1) === true).length
}

const rawPictures = async (count: number, size: number): Promise<RawPicture[]> =>
  (await entriesOf(flowersSource(count), undefined, size)).map((entry) => {
    if (entry.kind !== 'picture' || entry.picture.kind !== 'raw') {
      throw new Error('expected raw pixels')
    }
    return entry.picture
  })

describe('a painted flower', () => {
  it('has its middle, its petals and its ground where the rose curve says', () => {
    const pixels = paintFlower(plain, 64)
    expect(colourAt(pixels, 64, 0.5, 0.5)).toEqual([255, 204, 0])
    expect(colourAt(pixels, 64, 0.05, 0.05)).toEqual([51, 102, 26])
    // Along phase 0 a petal reaches to the radius 0.4; half a petal's angle further the rim is at 0.16.
    expect(colourAt(pixels, 64, 0.88, 0.5)[0]).toBeGreaterThan(180)
    expect(colourAt(pixels, 64, 0.93, 0.5)).toEqual([51, 102, 26])
    const between = Math.PI / 5
    const along = (distance: number) =>
      colourAt(pixels, 64, 0.5 + distance * Math.cos(between), 0.5 + distance * Math.sin(between))
    expect(along(0.13)[0]).toBeGreaterThan(130)
    expect(along(0.2)).toEqual([51, 102, 26])
  })

  it.each([4, 5, 6, 7, 8])('of %i petals shows as many', (petals) => {
    const flower = { ...plain, petals, phase: 0.3, waist: 0.35 }
    expect(petalsOn(paintFlower(flower, 64), 64, flower)).toBe(petals)
  })

  it('has soft edges: some pixels lie between petal and ground', () => {
    const reds = new Set(Array.from(paintFlower({ ...plain, colour: [1, 0, 0] }, 32)).filter((_, i) => i % 3 === 0))
    expect(reds.size).toBeGreaterThan(20)
  })
})

describe('random flowers', () => {
  const flowers = Array.from({ length: 1000 }, (_, index) => randomFlower(new Random(1, 'flowers', index)))

  it('have 4 to 8 petals, about equally often', () => {
    const counts = [4, 5, 6, 7, 8].map((petals) => flowers.filter((flower) => flower.petals === petals).length)
    expect(counts.reduce((a, b) => a + b)).toBe(1000)
    // 200 each, deviation √(1000 · 0.2 · 0.8) = 12.6.
    counts.forEach((count) => {
      expect(Math.abs(count - 200)).toBeLessThan(55)
    })
  })

  it('stand on green, with yellow middles and petals of any hue that is not the ground’s', () => {
    const isMostlyGreen = ([r, g, b]: Flower['colour']) => g > 1.4 * r && g > 1.4 * b
    for (const { colour, groundColour, middleColour } of flowers) {
      expect(isMostlyGreen(groundColour)).toBe(true)
      expect(isMostlyGreen(colour)).toBe(false)
      expect(middleColour[0]).toBeGreaterThan(1.5 * middleColour[2])
      expect(middleColour[1]).toBeGreaterThan(1.5 * middleColour[2])
    }
    for (const channel of [0, 1, 2] as const) {
      expect(flowers.filter(({ colour }) => colour[channel] === Math.max(...colour)).length).toBeGreaterThan(100)
    }
  })

  it('lie within the picture', () => {
    for (const { centre, radius } of flowers) {
      expect(Math.min(...centre) - radius).toBeGreaterThan(0)
      expect(Math.max(...centre) + radius).toBeLessThan(1)
    }
  })
})

describe('the built-in flowers', () => {
  it('are the same at each call, and all different', async () => {
    const [first, again] = [await rawPictures(20, 32), await rawPictures(20, 32)]
    expect(first).toEqual(again)
    expect(new Set(first.map(({ pixels }) => Buffer.from(pixels).toString('hex'))).size).toBe(20)
  })

  it.each([
    [16, 32],
    [32, 32],
    [33, 64],
    [128, 64]
  ])('are painted for pictures of %i pixels at %i', async (wanted, painted) => {
    const [flower] = await rawPictures(1, wanted)
    expect(flower).toMatchObject({ width: painted, height: painted, channels: 3 })
    expect(flower?.pixels).toHaveLength(painted * painted * 3)
  })

  it('are classes by their petals', async () => {
    const source = flowersSource(50)
    expect(source.classes.map(({ name }) => name)).toEqual(['petals-4', 'petals-5', 'petals-6', 'petals-7', 'petals-8'])
    const all = namesOf(await entriesOf(source))
    expect(all).toHaveLength(source.pictureCount)
    const fives = all.filter((name) => name.endsWith(' petals-5'))
    expect(fives.length).toBeGreaterThan(0)
    expect(namesOf(await entriesOf(source, ['petals-5']))).toEqual(fives)
  })
})
