import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { drawLatents } from '../../shared/latent/drawLatents'
import { Random } from '../../shared/random/random'
import { float32, sizeOf } from '../../shared/tensor'
import type { Engine, EngineState, Executable } from '../engine/engine'
import type { Network } from '../model/network'
import { createGenerateProgram } from '../step/generateProgram'

/** Pictures as bytes, `[count, size, size, channels]`, 0 … 255. */
export interface PictureBatch {
  readonly pixels: Uint8Array
  readonly count: number
  readonly size: number
  readonly channels: 1 | 3
}

/** Pictures that are made at once while a run trains with this batch: sampling must need no more memory than training. */
export const samplingBatch = (trainingBatch: number): number => Math.min(8, trainingBatch)

/** x in [−1, 1] as a byte: round(127.5 · (x + 1)). */
const toByte = (x: number): number => Math.round(127.5 * (Math.min(1, Math.max(-1, x)) + 1))

/** A network's pictures in [−1, 1] as bytes. */
export const toPixels = (pictures: ArrayLike<number>): Uint8Array => Uint8Array.from(pictures, toByte)

/** Makes pictures of latents with a generator's present weights. */
export class PictureGenerator {
  readonly #executable: Executable<'latent', 'pictures'>
  readonly #batch: number
  readonly #latentSize: number
  readonly #size: number
  readonly #channels: 1 | 3

  private constructor(executable: Executable<'latent', 'pictures'>, batch: number, { analysis }: Network) {
    const [size, , channels] = analysis.outputShape
    this.#executable = executable
    this.#batch = batch
    this.#latentSize = sizeOf(analysis.inputShapes.get('input')!)
    this.#size = size!
    this.#channels = channels === 1 ? 1 : 3
  }

  /**
   * @param network a generator
   * @param batch pictures that are made at once
   */
  static async prepare(engine: Engine, network: Network, batch: number): Promise<PictureGenerator> {
    return new PictureGenerator(await engine.prepare(createGenerateProgram(network, batch)), batch, network)
  }

  /** @param latents `[count, latentSize]` */
  async generate(state: EngineState, latents: Float32Array): Promise<PictureBatch> {
    const count = latents.length / this.#latentSize
    const pictureElements = this.#size * this.#size * this.#channels
    const pixels = new Uint8Array(count * pictureElements)
    for (let first = 0; first < count; first += this.#batch) {
      // The compiled batch is fixed: the last one is filled up with zeros, and what is made of them is left out.
      const latent = new Float32Array(this.#batch * this.#latentSize)
      latent.set(latents.subarray(first * this.#latentSize, (first + this.#batch) * this.#latentSize))
      const { pictures } = await this.#executable.run(state, {
        latent: float32(latent, [this.#batch, this.#latentSize])
      })
      const used = Math.min(this.#batch, count - first) * pictureElements
      pixels.set(toPixels(pictures.data.subarray(0, used)), first * pictureElements)
    }
    return { pixels, count, size: this.#size, channels: this.#channels }
  }
}

/** The latents that a run shows again and again, so that one can watch the same pictures grow. `[count, latentSize]` */
export const fixedLatents = ({ architecture, schedule, output }: RunConfiguration): Float32Array =>
  drawLatents(
    new Random(schedule.seed, 'fixedLatents'),
    schedule.latentDistribution,
    output.sampleCount * architecture.latentSize
  )
