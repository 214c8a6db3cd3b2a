import { toLatentBytes } from '../../shared/latent/latentBytes'
import { decodeTarget } from '../services/explore/decodeTarget'
import type { Exploration } from '../services/explore/exploration'
import { nearestPictures } from '../services/explore/nearestPictures'
import type { Projection } from '../services/explore/project'
import { secondsLeft } from '../services/secondsLeft'
import type { HandlersOfArea } from './contract'

/** What the workshop does for the view Explore. */
export const createExploreHandlers = (exploration: Exploration): HandlersOfArea<'explore'> => ({
  'explore/pictures': ({ model, latents, live }) => exploration.pictures(model, latents, live ? 'live' : 'exact'),
  'explore/decode': ({ file, name, ...shape }) => decodeTarget(file, name, shape),
  'explore/project': async ({ model, target, ...options }, { signal, onProgress }) =>
    told(
      await exploration.project(model, target, options, {
        signal,
        onProgress: (progress) =>
          onProgress({ ...told(progress), step: progress.step, secondsLeft: progress.secondsLeft })
      })
    ),
  'explore/directions': async ({ model, method, count }, { signal, onProgress }) => {
    const hooks = { signal, onProgress: withTimeLeft(onProgress) }
    const { vectors, strengths } = await exploration.directions(model, method, count, hooks)
    return { vectors: toLatentBytes(vectors), strengths: [...strengths] }
  },
  'explore/neighbours': ({ run, pixels, ...options }, { signal, onProgress }) =>
    nearestPictures(run, pixels, options, { signal, onProgress: withTimeLeft(onProgress) }),
  'explore/export': async ({ model, latents, as }) => ({ file: await exploration.export(model, latents, as) })
})

/** Infinity crosses no border. */
const told = ({ latent, pixels, psnr, ssim }: Projection) => ({
  latent: toLatentBytes(latent),
  pixels,
  psnr: Number.isFinite(psnr) ? psnr : null,
  ssim
})

interface WorkProgress {
  readonly done: number
  readonly total: number
}

/** Adds to each progress the time left, at the pace since now. */
function withTimeLeft(tell: (progress: WorkProgress & { readonly secondsLeft: number | null }) => void) {
  const startMs = performance.now()
  return (progress: WorkProgress) =>
    tell({ ...progress, secondsLeft: secondsLeft(progress, performance.now() - startMs) })
}
