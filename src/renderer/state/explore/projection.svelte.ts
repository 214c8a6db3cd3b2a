import type { ExploredModel } from '../../../shared/contract/explore'
import type { Params, Progress, Result, StudioClient } from '../../../shared/contract/studio'
import { Cancelled } from '../../../shared/errors'
import { fromLatentBytes } from '../../../shared/latent/latentBytes'
import type { ExploredRun } from './exploredRun.svelte'
import type { MadePicture, Picture } from './pictureSource'

/** How near the best latent was at a step. */
export interface ConvergencePoint {
  readonly step: number
  /** dB; null where the pictures are equal. */
  readonly psnr: number | null
  readonly ssim: number
}

type ProjectionSettings = Required<Pick<Params<'explore/project'>, 'seed' | 'starts' | 'steps'>>

/** A picture that the generator is to come near to. */
interface Target extends Picture {
  readonly name: string
}

/** Looks for the latent of a picture: what is looked for, the way there, and what was found. */
export class ProjectionPlay {
  readonly #client: StudioClient
  readonly #run: ExploredRun
  #target: Target | null = $state.raw(null)
  #settings: ProjectionSettings = $state.raw({ seed: 0, starts: 8, steps: 200 })
  #convergence: readonly ConvergencePoint[] = $state.raw([])
  #best: Result<'explore/project'> | null = $state.raw(null)
  #model: ExploredModel | null = null
  #secondsLeft: number | null = $state(null)
  #isRunning = $state(false)
  #problem: unknown = $state.raw(null)
  #stop: AbortController | null = null

  constructor(client: StudioClient, run: ExploredRun) {
    this.#client = client
    this.#run = run
  }

  get target(): Target | null {
    return this.#target
  }

  get settings(): ProjectionSettings {
    return this.#settings
  }

  /** Rising. */
  get convergence(): readonly ConvergencePoint[] {
    return this.#convergence
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  get secondsLeft(): number | null {
    return this.#secondsLeft
  }

  get problem(): unknown {
    return this.#problem
  }

  /** The best so far: a picture with its latent, and how near it is. */
  get best(): (MadePicture & { readonly psnr: number | null; readonly ssim: number }) | null {
    const { facts } = this.#run
    if (this.#best === null || this.#target === null || this.#model === null || facts === null) {
      return null
    }
    const { latent, pixels, psnr, ssim } = this.#best
    const { size, channels, name } = this.#target
    return {
      latent: fromLatentBytes(latent, facts.latentSize),
      pixels,
      size,
      channels,
      psnr,
      ssim,
      model: this.#model,
      name
    }
  }

  set(changes: Partial<ProjectionSettings>): void {
    this.#settings = { ...this.#settings, ...changes }
  }

  /** Decodes a picture file as the run's networks see it, and looks for its latent. */
  async take(file: File): Promise<void> {
    const run = this.#run.id
    if (run === null) {
      return
    }
    this.cancel()
    const stop = this.#begin()
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const { signal } = stop
      const { pixels, size, channels } = await this.#client.call(
        'explore/decode',
        { run, name: file.name, file: bytes },
        { signal }
      )
      if (this.#stop === stop) {
        this.aim({ pixels, size, channels, name: file.name })
      }
    } catch (error) {
      this.#end(stop, error)
    }
  }

  /** Looks for the latent of this picture. */
  aim(target: Target): void {
    this.cancel()
    this.#target = target
    this.#best = null
    this.#convergence = []
    void this.start()
  }

  async start(): Promise<void> {
    const [target, model] = [this.#target, this.#run.model]
    if (target === null || model === null) {
      return
    }
    const stop = this.#begin()
    this.#model = model
    this.#convergence = []
    const onProgress = (progress: Progress<'explore/project'>) => {
      if (this.#stop === stop) {
        this.#note(progress)
      }
    }
    try {
      const params = { model, target: target.pixels, ...this.#settings }
      const result = await this.#client.call('explore/project', params, { signal: stop.signal, onProgress })
      if (this.#stop === stop) {
        this.#best = result
        this.#convergence = [...this.#convergence, pointOf(this.#settings.steps, result)]
      }
      this.#end(stop, null)
    } catch (error) {
      this.#end(stop, error)
    }
  }

  /** Ends the search; what was found so far stays. */
  cancel(): void {
    this.#stop?.abort()
    this.#stop = null
    this.#isRunning = false
    this.#secondsLeft = null
  }

  clear(): void {
    this.cancel()
    this.#target = null
    this.#best = null
    this.#convergence = []
    this.#problem = null
  }

  #begin(): AbortController {
    const stop = new AbortController()
    this.#stop = stop
    this.#isRunning = true
    this.#problem = null
    this.#secondsLeft = null
    return stop
  }

  #note(progress: Progress<'explore/project'>): void {
    const { step, secondsLeft, ...best } = progress
    this.#best = best
    this.#secondsLeft = secondsLeft
    this.#convergence = [...this.#convergence.filter((point) => point.step < step), pointOf(step, best)]
  }

  #end(stop: AbortController, error: unknown): void {
    if (this.#stop === stop) {
      this.cancel()
      this.#problem = error instanceof Cancelled ? null : error
    }
  }
}

const pointOf = (step: number, { psnr, ssim }: Pick<ConvergencePoint, 'psnr' | 'ssim'>): ConvergencePoint => ({
  step,
  psnr,
  ssim
})
