import type { Pictures } from '../../../shared/contract/explore'
import type { FilmFrames } from '../../film/film'
import type { Facts } from './exploredRun.svelte'
import { toImageData } from './pictureImage'
import { pictureAt } from './pictureSource'

/** Pictures of one call: a film is drawn in few calls, and each ends soon enough to be cancelled between them. */
const chunk = 32

/**
 * The film of latents, one frame each.
 *
 * @param latents `[count, latentSize]`
 */
export function filmOfLatents(
  draw: (latents: Float32Array) => Promise<Pictures>,
  latents: Float32Array,
  { latentSize, size }: Pick<Facts, 'latentSize' | 'size'>
): FilmFrames {
  let drawn: { readonly from: number; readonly pictures: Pictures } | null = null
  const picturesFrom = async (from: number): Promise<Pictures> => {
    if (drawn?.from !== from) {
      drawn = { from, pictures: await draw(latents.slice(from * latentSize, (from + chunk) * latentSize)) }
    }
    return drawn.pictures
  }
  return {
    count: latents.length / latentSize,
    width: size,
    height: size,
    draw: async (context, index) => {
      const from = index - (index % chunk)
      const image = toImageData(pictureAt(await picturesFrom(from), index - from))
      // putImageData heeds no enlargement, so the picture goes over a bitmap.
      const bitmap = await createImageBitmap(image)
      context.drawImage(bitmap, 0, 0)
      bitmap.close()
    }
  }
}
