import type { Random } from '../../../shared/random/random'

type Colour = readonly [red: number, green: number, blue: number]

/** Everything that tells one flower from another. Lengths are shares of the picture's side, angles are in radians. */
export interface Flower {
  readonly petals: number
  readonly colour: Colour
  /** Longest distance of a petal's rim from the centre. */
  readonly radius: number
  /** How far the petals are parted: the rim between two petals is at `waist` · radius. */
  readonly waist: number
  /** Turns the flower. */
  readonly phase: number
  readonly centre: readonly [x: number, y: number]
  readonly middleRadius: number
  readonly middleColour: Colour
  readonly groundColour: Colour
  /** Brightness that the ground gains from one side to the other, and where that side is. */
  readonly groundSlope: number
  readonly groundAngle: number
}

export const leastPetals = 4
export const mostPetals = 8

/** Draws a flower: 4 to 8 petals, any hue but the ground's green. */
export function randomFlower(random: Random): Flower {
  const between = (low: number, high: number) => low + (high - low) * random.uniform()
  const petals = leastPetals + random.integer(mostPetals - leastPetals + 1)
  const radius = between(0.27, 0.42)
  return {
    petals,
    // From 165° over red to 435° = 75°: what lies between is grass.
    colour: fromHsv(between(165, 435), between(0.65, 1), between(0.8, 1)),
    radius,
    waist: between(0.35, 0.55),
    phase: between(0, 2 * Math.PI),
    centre: [between(0.44, 0.56), between(0.44, 0.56)],
    middleRadius: radius * between(0.2, 0.28),
    middleColour: fromHsv(between(45, 56), between(0.8, 1), between(0.88, 1)),
    groundColour: fromHsv(between(105, 130), between(0.5, 0.75), between(0.3, 0.5)),
    groundSlope: between(0, 0.25),
    groundAngle: between(0, 2 * Math.PI)
  }
}

/**
 * Paints a flower: petals inside the rose curve r(φ) = radius · (waist + (1 − waist)·|cos(petals · (φ − phase) / 2)|),
 * with an edge one pixel soft and darker towards the middle.
 *
 * @returns pixels [size, size, 3], sRGB
 */
export function paintFlower(flower: Flower, size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const colour = colourAt(flower, (column + 0.5) / size, (row + 0.5) / size, 1 / size)
      const at = 3 * (row * size + column)
      pixels[at] = toByte(colour[0])
      pixels[at + 1] = toByte(colour[1])
      pixels[at + 2] = toByte(colour[2])
    }
  }
  return pixels
}

function colourAt(flower: Flower, x: number, y: number, pixel: number): Colour {
  const dx = x - flower.centre[0]
  const dy = y - flower.centre[1]
  const distance = Math.hypot(dx, dy)
  const petal = Math.abs(Math.cos((flower.petals * (Math.atan2(dy, dx) - flower.phase)) / 2))
  const rim = flower.radius * (flower.waist + (1 - flower.waist) * petal)
  const light =
    1 + flower.groundSlope * ((x - 0.5) * Math.cos(flower.groundAngle) + (y - 0.5) * Math.sin(flower.groundAngle))
  const shade = 0.72 + 0.28 * Math.min(1, distance / rim)
  const ground = scaled(flower.groundColour, light)
  const flowered = mix(ground, scaled(flower.colour, shade), coverage(rim, distance, pixel))
  return mix(flowered, flower.middleColour, coverage(flower.middleRadius, distance, pixel))
}

/** Share of a pixel at `distance` that lies within `rim`, as if the rim were straight there: 0 to 1. */
const coverage = (rim: number, distance: number, pixel: number): number =>
  Math.min(1, Math.max(0, (rim - distance) / pixel + 0.5))

const scaled = (colour: Colour, factor: number): Colour => [colour[0] * factor, colour[1] * factor, colour[2] * factor]

const mix = (below: Colour, above: Colour, share: number): Colour => [
  below[0] + (above[0] - below[0]) * share,
  below[1] + (above[1] - below[1]) * share,
  below[2] + (above[2] - below[2]) * share
]

const toByte = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)))

/** Hue in degrees, saturation and value from 0 to 1 → RGB from 0 to 1 (Smith 1978, "Color gamut transform pairs"). */
function fromHsv(hue: number, saturation: number, value: number): Colour {
  const channel = (offset: number) => {
    const sector = (offset + hue / 60) % 6
    return value * (1 - saturation * Math.max(0, Math.min(1, sector, 4 - sector)))
  }
  return [channel(5), channel(3), channel(1)]
}
