import type { FilmFrames, FilmOptions } from './film'
import { encodeGif } from './gifFilm'
import { canEncodeVideo, encodeVideo } from './videoFilm'

const filmFormats = ['webm', 'mp4', 'gif'] as const
export type FilmFormat = (typeof filmFormats)[number]

/** The formats that this browser can make such a film in; GIF always. */
export async function possibleFormats(frames: FilmFrames, enlargement: number): Promise<FilmFormat[]> {
  const possible = await Promise.all(
    filmFormats.map(async (format) => format === 'gif' || (await canEncodeVideo(format, frames, enlargement)))
  )
  return filmFormats.filter((_, i) => possible[i])
}

/**
 * Makes a film of frames: each is drawn, enlarged without smoothing, and encoded, with progress after each.
 *
 * @throws Cancelled
 */
export const exportFilm = (format: FilmFormat, frames: FilmFrames, options: FilmOptions): Promise<Blob> =>
  format === 'gif' ? encodeGif(frames, options) : encodeVideo(format, frames, options)
