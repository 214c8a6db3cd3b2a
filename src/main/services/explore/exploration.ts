import { type Pictures, picturesAtMost } from '../../../shared/contract/explore'
import { KwiatError } from '../../../shared/errors'
import { fromLatentBytes } from '../../../shared/latent/latentBytes'
import { ModelCache } from './modelCache'
import type { ModelSource, Pace } from './openModel'

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
      const rows = fromLatentBytes(latents, model.latentSize)
      checkCount(rows.length / model.latentSize)
      return model.pictures(rows, pace)
    })
  }

  async close(): Promise<void> {
    await this.#models.close()
  }
}

function checkCount(count: number): void {
  if (count > picturesAtMost) {
    throw new KwiatError('latents-invalid', {
      who: 'latents',
      expected: `at most ${picturesAtMost} at once`,
      actual: `${count}`,
      todo: 'ask for fewer pictures'
    })
  }
}
