import { float32 } from '../../../shared/tensor'
import { withCleanup } from '../../../shared/withCleanup'
import { checkCancelled } from '../../data/checkCancelled'
import { featureDirections } from '../../latent/featureDirections'
import { firstLayerMatrix } from '../../latent/firstLayer'
import { type Directions, leftSingularVectors } from '../../latent/singularVectors'
import { createFeatureProgram, featureCount } from '../../step/featureProgram'
import type { OpenModel } from './openModel'

/**
 * first-layer: singular vectors of the first layer's weights (SeFa, Shen & Zhou 2021, section 3.2) · features: principal
 * components of features, see `featureDirections`.
 */
export type DirectionMethod = 'first-layer' | 'features'

export interface WorkHooks {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined
}

/** Latents whose features are looked at: enough for tens of components; fewer where features are many. */
const samplesAtMost = 512
const featuresInMemory = 2 ** 24
const batch = 8
const seed = 0

/**
 * Directions along which a model's pictures change most, strongest first. Always the same for the same model.
 *
 * @throws KwiatError `directions-unavailable` when the first layer isn't linear
 * @throws Cancelled
 */
export async function findDirections(
  model: OpenModel,
  method: DirectionMethod,
  count: number,
  hooks: WorkHooks = {}
): Promise<Directions> {
  const wanted = Math.min(count, model.latentSize)
  if (method === 'first-layer') {
    return leftSingularVectors(firstLayerMatrix(model.network, model.weights), model.latentSize, wanted)
  }
  const { latents, features, samples } = await sampleFeatures(model, hooks)
  return featureDirections(latents, features, samples, wanted)
}

/** What the generator's feature layer computes of random latents. */
async function sampleFeatures(model: OpenModel, { signal, onProgress }: WorkHooks) {
  const size = featureCount(model.network)
  const samples = Math.max(batch, Math.floor(Math.min(samplesAtMost, featuresInMemory / size) / batch) * batch)
  const latents = model.seededLatents({ seed, first: 0, count: samples })
  const features = new Float32Array(samples * size)
  await withCleanup(async (atEnd) => {
    const executable = await model.engine.prepare(createFeatureProgram(model.network, batch))
    atEnd(() => executable.dispose())
    for (let first = 0; first < samples; first += batch) {
      const rows = latents.slice(first * model.latentSize, (first + batch) * model.latentSize)
      const made = await executable.run(model.state, { latent: float32(rows, [batch, model.latentSize]) })
      features.set(made.features.data, first * size)
      onProgress?.({ done: first + batch, total: samples })
      checkCancelled(signal)
    }
  })
  return { latents, features, samples }
}
