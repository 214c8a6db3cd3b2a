import { setImmediate as nextTurn } from 'node:timers/promises'
import { drawLatents } from '../../../shared/latent/drawLatents'
import { rowOf } from '../../../shared/latent/rowOf'
import { Random } from '../../../shared/random/random'
import { float32, type HostTensor, scalar } from '../../../shared/tensor'
import { withCleanup } from '../../../shared/withCleanup'
import { checkCancelled } from '../../data/checkCancelled'
import type { EngineState, Executable } from '../../engine/engine'
import { psnr, ssim } from '../../metrics/pictureSimilarity'
import {
  createProjectionProgram,
  latentName,
  type ProjectionOutput,
  projectionRate,
  projectionVariables
} from '../../step/projectionProgram'
import { toPixels } from '../../train/sampler'
import type { OpenModel } from './openModel'

/** How a latent is looked for. */
export interface ProjectionOptions {
  readonly seed: number
  /** Latents that descend side by side; the best one is the result. */
  readonly starts: number
  readonly steps: number
}

/** A latent and how near its picture is. */
export interface Projection {
  /** `[latentSize]` */
  readonly latent: Float32Array
  /** Its picture: bytes [size, size, channels]. */
  readonly pixels: Uint8Array
  /** In dB, see `psnr`. */
  readonly psnr: number
  readonly ssim: number
}

/** The best so far. */
export interface ProjectionProgress extends Projection {
  readonly step: number
  readonly secondsLeft: number
}

export interface ProjectionHooks {
  readonly signal?: AbortSignal | undefined
  /** Called a few times a second. */
  readonly onProgress?: ((progress: ProjectionProgress) => void) | undefined
}

/** Latents that are looked at before the descent, of which the nearest are its starts. */
const candidates = 256
const largestStep = 0.1
const progressEveryMs = 200

interface Best {
  readonly error: number
  readonly latent: Float32Array
  /** In [−1, 1]. */
  readonly picture: Float32Array
}

/**
 * Looks for the latent whose picture is nearest to `target`: the best of many random ones descend side by side, see
 * `createProjectionProgram`. The same seed gives the same latent.
 *
 * @param target bytes [size, size, channels], as the model's pictures
 * @throws Cancelled
 */
export async function project(
  model: OpenModel,
  target: Uint8Array,
  options: ProjectionOptions,
  hooks: ProjectionHooks = {}
): Promise<Projection> {
  return withCleanup(async (atEnd) => {
    const program = createProjectionProgram(model.network, options.starts)
    atEnd(async () => program.dispose())
    const executable = await model.engine.prepare(program)
    atEnd(() => executable.dispose())
    checkCancelled(hooks.signal)
    const state = await model.engine.createState(await initialState(model, target, options))
    atEnd(() => state.dispose())
    const descent = new Descent(model, target, options, executable, state)
    await descent.run(hooks)
    return descent.result()
  })
}

/** The generator's weights, the nearest of many random latents, and Adam's slots. */
async function initialState(model: OpenModel, target: Uint8Array, options: ProjectionOptions) {
  const shape = [options.starts, model.latentSize]
  const starts = await nearestCandidates(model, target, options)
  const own = projectionVariables.map(
    (name) => [name, float32(name === latentName ? starts : new Float32Array(starts.length), shape)] as const
  )
  return new Map<string, HostTensor>([...model.weights, ...own])
}

/** `[starts, latentSize]` */
async function nearestCandidates(model: OpenModel, target: Uint8Array, { seed, starts }: ProjectionOptions) {
  const { latentSize } = model
  const random = new Random(seed, 'projection')
  const latents = drawLatents(random, model.latentDistribution, candidates * latentSize)
  const { pixels } = await model.pictures(latents)
  const likeness = Array.from({ length: candidates }, (_, index) => ({
    index,
    psnr: psnr(rowOf(pixels, index, target.length), target)
  }))
  const nearest = likeness.sort((a, b) => b.psnr - a.psnr || a.index - b.index).slice(0, starts)
  const rows = new Float32Array(starts * latentSize)
  nearest.forEach(({ index }, i) => {
    rows.set(rowOf(latents, index, latentSize), i * latentSize)
  })
  return rows
}

/** The descent of several latents, and the best that any of them came by. */
class Descent {
  readonly #model: OpenModel
  readonly #target: Uint8Array
  /** In [−1, 1]. */
  readonly #scaledTarget: Float32Array
  readonly #options: ProjectionOptions
  readonly #executable: Executable<'target' | 'rate', ProjectionOutput>
  readonly #state: EngineState
  #best: Best = { error: Number.POSITIVE_INFINITY, latent: new Float32Array(), picture: new Float32Array() }

  constructor(
    model: OpenModel,
    target: Uint8Array,
    options: ProjectionOptions,
    executable: Executable<'target' | 'rate', ProjectionOutput>,
    state: EngineState
  ) {
    this.#model = model
    this.#target = target
    this.#scaledTarget = Float32Array.from(target, (byte) => byte / 127.5 - 1)
    this.#options = options
    this.#executable = executable
    this.#state = state
  }

  async run({ signal, onProgress }: ProjectionHooks): Promise<void> {
    const { steps } = this.#options
    const startMs = performance.now()
    let toldMs = Number.NEGATIVE_INFINITY
    for (let t = 0; t < steps; t++) {
      await this.#step(t)
      const nowMs = performance.now()
      if (onProgress !== undefined && nowMs - toldMs >= progressEveryMs) {
        toldMs = nowMs
        const secondsLeft = ((steps - t - 1) / (t + 1)) * ((nowMs - startMs) / 1000)
        onProgress({ ...this.#told(toPixels(this.#best.picture)), step: t + 1, secondsLeft })
      }
      // The request to cancel arrives between two turns of the event loop.
      await nextTurn()
      checkCancelled(signal)
    }
  }

  /** The best latent, and its picture as the model makes it. */
  async result(): Promise<Projection> {
    return this.#told((await this.#model.pictures(this.#best.latent)).pixels)
  }

  async #step(t: number): Promise<void> {
    // What a step tells is of the latents before it.
    const latents = (await this.#state.read([latentName])).get(latentName)!.data
    const target = float32(this.#scaledTarget, [1, ...this.#model.network.analysis.outputShape])
    const rate = scalar(projectionRate(t, this.#options.steps, largestStep))
    const { error, pictures } = await this.#executable.run(this.#state, { target, rate })
    const least = Math.min(...error.data)
    if (least < this.#best.error) {
      const nearest = error.data.indexOf(least)
      this.#best = {
        error: least,
        latent: rowOf(Float32Array.from(latents), nearest, this.#model.latentSize),
        picture: rowOf(Float32Array.from(pictures.data), nearest, this.#target.length)
      }
    }
  }

  #told(pixels: Uint8Array): Projection {
    return {
      latent: this.#best.latent,
      pixels,
      psnr: psnr(pixels, this.#target),
      ssim: ssim(pixels, this.#target, this.#model.shape)
    }
  }
}
