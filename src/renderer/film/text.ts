import { translated } from '../text/translated.svelte'
import type { FilmFormat } from './exportFilm'

const formats = { webm: 'WebM', mp4: 'MP4', gif: 'GIF' } satisfies Record<FilmFormat, string>

export const filmText = translated({
  en: {
    title: 'Export the film',
    close: 'Close',
    format: 'Format',
    formats,
    notes: {
      webm: 'Small and sharp; plays in browsers and most players.',
      mp4: 'Plays everywhere.',
      gif: 'Plays everywhere without a player; larger, with 256 colours a frame.'
    } as Readonly<Record<FilmFormat, string>>,
    pace: 'Frames a second',
    size: 'Size',
    sizes: (width: string, height: string): string => `${width} × ${height}`,
    facts: (frames: string, span: string): string => `${frames} frames, ${span}`,
    encoding: (done: string, total: string): string => `Frame ${done} of ${total}`,
    left: (span: string): string => `${span} left`,
    cancel: 'Cancel',
    start: 'Export',
    done: (name: string): string => `${name} is ready.`
  },
  pl: {
    title: 'Eksport filmu',
    close: 'Zamknij',
    format: 'Format',
    formats,
    notes: {
      webm: 'Mały i ostry; odtworzą go przeglądarki i większość odtwarzaczy.',
      mp4: 'Odtworzy go wszystko.',
      gif: 'Nie wymaga odtwarzacza; większy plik, 256 kolorów na klatkę.'
    },
    pace: 'Klatki na sekundę',
    size: 'Rozmiar',
    sizes: (width, height) => `${width} × ${height}`,
    facts: (frames, span) => `Klatki: ${frames}, czas: ${span}`,
    encoding: (done, total) => `Klatka ${done} z ${total}`,
    left: (span) => `jeszcze ${span}`,
    cancel: 'Anuluj',
    start: 'Eksportuj',
    done: (name) => `Plik ${name} jest gotowy.`
  }
})
