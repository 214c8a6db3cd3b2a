import { type Pictures, picturesAtMost } from '../../../shared/contract/explore'
import { KwiatError } from '../../../shared/errors'
import { fromLatentBytes } from '../../../shared/latent/latentBytes'
import type { Directions } from '../../latent/singularVectors'
import { type DirectionMethod, findDirections, type WorkHooks } from './directions'
import { type ExportKind, exportLatents } from './exportLatents'
import { ModelCache } from './modelCache'
import { type ModelSource, type OpenModel, originOf, type Pace } from './openModel'
import { type Projection, type ProjectionHooks, type ProjectionOptions, project } from './project'

/** Answers what is asked about trained generators. Those that were used last stay open. */
export class Exploration {
  readonly #models = new ModelCache()

  /**
   * The pictures of latents.
   *
   * @param latents bytes of float32 [count, latentSize]
   * @throws KwiatError `latents-invalid`, `checkpoint-not-found`, `checkpoint-broken`
   */
  pictures(source: ModelSource, latents: Uint8Array, pace: Pace): Promise<Pictures> {
    return this.#models.use(source, (model) => {
      return model.pictures(checkedLatents(latents, model), pace)
    })
  }

  /**
   * The latent whose picture is nearest to `target`; see `project`.
   *
   * @param target bytes [size, size, channels]
   * @throws KwiatError `picture-unreadable` for a picture of another size, `checkpoint-not-found`, `checkpoint-broken`
   * @throws Cancelled
   */
  project(
    source: ModelSource,
    target: Uint8Array,
    options: ProjectionOptions,
    hooks: ProjectionHooks
  ): Promise<Projection> {
    return this.#models.use(source, (model) => {
      checkPixels(target, model.shape)
      return project(model, target, options, hooks)
    })
  }

  /**
   * Directions along which the model's pictures change most; see `findDirections`.
   *
   * @throws KwiatError `directions-unavailable`, `checkpoint-not-found`, `checkpoint-broken`
   * @throws Cancelled
   */
  directions(source: ModelSource, method: DirectionMethod, count: number, hooks: WorkHooks): Promise<Directions> {
    return this.#models.use(source, (model) => findDirections(model, method, count, hooks))
  }

  /**
   * A file of latents or of their pictures; see `exportLatents`.
   *
   * @param latents bytes of float32 [count, latentSize]
   * @throws KwiatError `latents-invalid`, `checkpoint-not-found`, `checkpoint-broken`
   */
  export(source: ModelSource, latents: Uint8Array, as: ExportKind): Promise<Uint8Array> {
    return this.#models.use(source, async (model) =>
      exportLatents(model, checkedLatents(latents, model), as, await originOf(source))
    )
  }

  async close(): Promise<void> {
    await this.#models.close()
  }
}

function checkPixels(target: Uint8Array, { size, channels }: OpenModel['shape']): void {
  if (target.length !== size * size * channels) {
    throw new KwiatError('picture-unreadable', {
      who: 'picture to project',
      expected: `${size} × ${size} pixels of ${channels} ${channels === 1 ? 'channel' : 'channels'}, as the model’s own`,
      actual: `${target.length} bytes`,
      todo: 'decode it for this model'
    })
  }
}

function checkedLatents(bytes: Uint8Array, { latentSize }: OpenModel): Float32Array {
  const latents = fromLatentBytes(bytes, latentSize)
  const count = latents.length / latentSize
  if (count > picturesAtMost) {
    throw new KwiatError('latents-invalid', {
      who: 'latents',
      expected: `at most ${picturesAtMost} at once`,
      actual: `${count}`,
      todo: 'ask for fewer pictures'
    })
  }
  return latents
}
