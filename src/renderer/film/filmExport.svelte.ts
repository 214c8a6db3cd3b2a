import { exportFilm, type FilmFormat } from './exportFilm'
import type { FilmFrames, FilmOptions } from './film'

interface FilmProgress {
  /** Frames. */
  readonly done: number
  readonly total: number
  /** At the pace so far. */
  readonly secondsLeft: number
}

/** One film being exported: its progress, and the way to end it. */
export class FilmExport {
  #progress: FilmProgress | null = $state.raw(null)
  #stop: AbortController | null = null

  /** Null while nothing is exported. */
  get progress(): FilmProgress | null {
    return this.#progress
  }

  /** @throws Cancelled */
  async run(
    format: FilmFormat,
    frames: FilmFrames,
    options: Pick<FilmOptions, 'framesPerSecond' | 'enlargement'>
  ): Promise<Blob> {
    const stop = new AbortController()
    this.#stop = stop
    this.#progress = { done: 0, total: frames.count, secondsLeft: 0 }
    const startMs = performance.now()
    const onProgress = (done: number, total: number) => {
      this.#progress = { done, total, secondsLeft: (((performance.now() - startMs) / done) * (total - done)) / 1000 }
    }
    try {
      return await exportFilm(format, frames, { ...options, signal: stop.signal, onProgress })
    } finally {
      this.#progress = null
    }
  }

  cancel(): void {
    this.#stop?.abort()
  }
}
