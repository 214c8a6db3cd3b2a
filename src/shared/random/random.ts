import { multiplyHigh, philox, type Words } from './philox'

/**
 * What a sequence of random numbers is drawn for. The number is part of the generator's counter, so that sequences of
 * different purposes never overlap and adding one never changes another. Numbers are never reused or renumbered:
 * saved runs depend on them.
 */
export const streams = {
  initialWeights: 1,
  dataOrder: 2,
  dataFlips: 3,
  latentDiscriminator: 4,
  latentGenerator: 5,
  labelNoise: 6,
  dropout: 7,
  fixedLatents: 8,
  generate: 9,
  flowers: 10,
  penaltyMix: 11,
  projection: 20,
  scorePatches: 21,
  scoreDirections: 22,
  scoreLatents: 23
} as const

export type Stream = keyof typeof streams

/** Where a sequence stands: all that must be saved to continue it. */
export interface RandomState {
  /** The user's seed: an integer from 0 to 2⁵³ − 1. */
  readonly seed: number
  readonly stream: Stream
  /** The index of the sequence within its stream: an iteration, an epoch, a picture. From 0 to 2³² − 1. */
  readonly index: number
  /** 32-bit words drawn so far. */
  readonly position: number
}

const twoPow32 = 0x1_0000_0000

/**
 * One reproducible sequence of random numbers: (seed, stream, index) decide every value. Two sequences of the same
 * seed that differ in stream or index are independent.
 */
export class Random {
  readonly #seed: number
  readonly #stream: Stream
  readonly #index: number
  readonly #block: Words = new Uint32Array(4)
  #position: number

  constructor(seed: number, stream: Stream, index = 0, position = 0) {
    this.#seed = seed
    this.#stream = stream
    this.#index = index
    this.#position = position
    if (position % 4 !== 0) {
      this.#fillBlock(Math.floor(position / 4))
    }
  }

  static fromState(state: RandomState): Random {
    return new Random(state.seed, state.stream, state.index, state.position)
  }

  get state(): RandomState {
    return { seed: this.#seed, stream: this.#stream, index: this.#index, position: this.#position }
  }

  /** A uniform integer in [0, 2³²). */
  word(): number {
    const lane = this.#position % 4
    if (lane === 0) {
      this.#fillBlock(this.#position / 4)
    }
    this.#position++
    return this.#block[lane]!
  }

  /** A uniform number in [0, 1) with 24 random bits, so that it stays below 1 as a float32 too. */
  uniform(): number {
    return (this.word() >>> 8) / 0x1000000
  }

  /** A uniform integer in [0, limit), without modulo bias (Lemire's rejection on the 64-bit product). `limit` < 2³². */
  integer(limit: number): number {
    const threshold = twoPow32 % limit
    for (;;) {
      const word = this.word()
      if (Math.imul(word, limit) >>> 0 >= threshold) {
        return multiplyHigh(word, limit)
      }
    }
  }

  /** `count` draws of U(low, high). */
  uniforms(count: number, low = 0, high = 1): Float32Array {
    const out = new Float32Array(count)
    for (let i = 0; i < count; i++) {
      out[i] = low + (high - low) * this.uniform()
    }
    return out
  }

  /**
   * `count` draws of N(mean, deviation²) by the Box–Muller transform: z = √(−2 ln u₁)·(cos, sin)(2π u₂), u₁ in (0, 1].
   */
  normals(count: number, mean = 0, deviation = 1): Float32Array {
    const out = new Float32Array(count)
    for (let i = 0; i < count; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log((this.word() + 1) / twoPow32))
      const angle = 2 * Math.PI * (this.word() / twoPow32)
      out[i] = mean + radius * Math.cos(angle)
      if (i + 1 < count) {
        out[i + 1] = mean + radius * Math.sin(angle)
      }
    }
    return out
  }

  /** A uniformly random permutation of 0 … count − 1 (Fisher–Yates). */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const swapped = order[i]!
      order[i] = order[j]!
      order[j] = swapped
    }
    return order
  }

  #fillBlock(block: number): void {
    philox(
      this.#block,
      block >>> 0,
      Math.floor(block / twoPow32),
      this.#index,
      streams[this.#stream],
      this.#seed >>> 0,
      Math.floor(this.#seed / twoPow32)
    )
  }
}
