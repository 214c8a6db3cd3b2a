import { toLatentBytes } from '../../shared/latent/latentBytes'
import { decodeTarget } from '../services/explore/decodeTarget'
import type { Exploration } from '../services/explore/exploration'
import type { Projection } from '../services/explore/project'
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
    )
})

/** Infinity crosses no border. */
const told = ({ latent, pixels, psnr, ssim }: Projection) => ({
  latent: toLatentBytes(latent),
  pixels,
  psnr: Number.isFinite(psnr) ? psnr : null,
  ssim
})
