/** How far ψ goes: 0 is the mean picture, 1 what was drawn, above it rarer pictures than training showed. */
export const maxTruncation = 1.5

/**
 * ψ · z: latents moved towards the mean 0 of their Gaussian, which trades variety for typical pictures. In the latent
 * space of a Gaussian prior it is what StyleGAN's w̄ + ψ (w − w̄) (Karras et al. 2019, appendix B) is there.
 *
 * @param psi 0 … 1.5
 */
export const truncate = (latents: Float32Array, psi: number): Float32Array => latents.map((value) => value * psi)
