import type { FilmFormat } from './exportFilm'

export const filmText = {
  title: 'Export the film',
  close: 'Close',
  format: 'Format',
  formats: { webm: 'WebM', mp4: 'MP4', gif: 'GIF' } satisfies Record<FilmFormat, string>,
  notes: {
    webm: 'Small and sharp; plays in browsers and most players.',
    mp4: 'Plays everywhere.',
    gif: 'Plays everywhere without a player; larger, with 256 colours a frame.'
  } satisfies Record<FilmFormat, string>,
  pace: 'Frames a second',
  size: 'Size',
  sizes: (width: string, height: string): string => `${width} × ${height}`,
  facts: (frames: string, span: string): string => `${frames} frames, ${span}`,
  encoding: (done: string, total: string): string => `Frame ${done} of ${total}`,
  left: (span: string): string => `${span} left`,
  cancel: 'Cancel',
  start: 'Export',
  done: (name: string): string => `${name} is ready.`
}
