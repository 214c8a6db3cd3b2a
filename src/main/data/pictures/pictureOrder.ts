import { Random } from '../../../shared/random/random'

/** The pictures of one batch, in order. */
export interface BatchPlan {
  /** Which pictures: positions in the store. */
  readonly indices: Uint32Array
  /** Which of them are mirrored: 1 or 0. */
  readonly mirrored: Uint8Array
}

export interface OrderOptions {
  readonly seed: number
  readonly batchSize: number
  /** Whether each showing of a picture is mirrored with probability ½. */
  readonly flip: boolean
}

/** Permutations that are kept: those of the epoch that ends and of the one that begins. */
const keptEpochs = 2

/**
 * The order in which pictures are shown, a pure function of seed and iteration. Batches run across the borders of
 * epochs: place p = iteration · batchSize + i of the whole sequence is place p mod n of epoch ⌊p / n⌋, and each epoch
 * shows every one of the n pictures once, in the order of permutation (seed, dataOrder, epoch).
 */
export class PictureOrder {
  readonly #pictures: Uint32Array
  readonly #options: OrderOptions
  readonly #permutations = new Map<number, Uint32Array>()

  /** @param pictures the pictures to show: positions in the store */
  constructor(pictures: Uint32Array, options: OrderOptions) {
    this.#pictures = pictures
    this.#options = options
  }

  /** @param iteration counted from 0 */
  planOf(iteration: number): BatchPlan {
    const { seed, batchSize, flip } = this.#options
    const count = this.#pictures.length
    const plan = { indices: new Uint32Array(batchSize), mirrored: new Uint8Array(batchSize) }
    let done = 0
    while (done < batchSize) {
      const place = iteration * batchSize + done
      const epoch = Math.floor(place / count)
      const start = place % count
      const length = Math.min(batchSize - done, count - start)
      const order = this.#permutation(epoch)
      // The draw belongs to the place within the epoch, so that it is the same for every batch size.
      const flips = new Random(seed, 'dataFlips', epoch, start)
      for (let i = 0; i < length; i++) {
        plan.indices[done + i] = this.#pictures[order[start + i]!]!
        plan.mirrored[done + i] = flip ? flips.word() >>> 31 : 0
      }
      done += length
    }
    return plan
  }

  #permutation(epoch: number): Uint32Array {
    const kept = this.#permutations.get(epoch)
    if (kept !== undefined) {
      return kept
    }
    const permutation = new Random(this.#options.seed, 'dataOrder', epoch).permutation(this.#pictures.length)
    this.#permutations.set(epoch, permutation)
    if (this.#permutations.size > keptEpochs) {
      this.#permutations.delete(this.#permutations.keys().next().value!)
    }
    return permutation
  }
}
