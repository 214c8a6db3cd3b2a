/** Time and frames of the window. */
export interface PlayerClock {
  /** Milliseconds. */
  readonly now: () => number
  /** Calls back with the next frame of the screen; returns the function that prevents it. */
  readonly onFrame: (callback: () => void) => () => void
}

const windowClock: PlayerClock = {
  now: () => performance.now(),
  onFrame: (callback) => {
    const frame = requestAnimationFrame(callback)
    return () => cancelAnimationFrame(frame)
  }
}

export interface PlayerOptions<Frame> {
  /** Makes the frame of a moment, in seconds from the start. */
  readonly ask: (seconds: number) => Promise<Frame>
  readonly show: (frame: Frame, seconds: number) => void
  readonly onProblem: (error: unknown) => void
  readonly clock?: PlayerClock
}

/** Frames a second that are aimed at. */
const wantedRate = 30
/** Calls in flight: the second is on its way while the first is answered. */
const atOnce = 2
/** Frames that are asked for before they are due, against jitter. */
const ahead = 4
/** Span over which the real rate is measured. */
const measuredMs = 1000

/**
 * Shows frames that must be asked for, 30 a second where their maker keeps pace. At most two calls are in flight; frames
 * whose moment has passed before they were asked for are left out, so that the play keeps its time and only gets coarser.
 */
export class FramePlayer<Frame> {
  readonly #options: Required<PlayerOptions<Frame>>
  readonly #ready = new Map<number, Frame>()
  #shownAtMs: number[] = []
  #startMs = 0
  #next = 0
  #shown = -1
  #inFlight = 0
  /** Counts the plays: answers to an old one are dropped. */
  #play = 0
  #stopFrames: (() => void) | null = null

  constructor(options: PlayerOptions<Frame>) {
    this.#options = { clock: windowClock, ...options }
  }

  get isPlaying(): boolean {
    return this.#stopFrames !== null
  }

  /** Frames shown in the second before; null while less than half a second was played. */
  get rate(): number | null {
    const nowMs = this.#options.clock.now()
    const span = Math.min(measuredMs, nowMs - this.#startMs)
    const shown = this.#shownAtMs.filter((atMs) => atMs > nowMs - measuredMs).length
    return span < measuredMs / 2 ? null : (shown * 1000) / span
  }

  /** @param seconds the moment to begin at */
  start(seconds = 0): void {
    this.stop()
    this.#startMs = this.#options.clock.now() - seconds * 1000
    this.#shown = -1
    this.#next = 0
    this.#shownAtMs = []
    this.#loop()
  }

  stop(): void {
    this.#stopFrames?.()
    this.#stopFrames = null
    this.#play++
    this.#ready.clear()
  }

  #loop(): void {
    this.#stopFrames = this.#options.clock.onFrame(() => {
      const due = Math.floor(((this.#options.clock.now() - this.#startMs) * wantedRate) / 1000)
      this.#loop()
      this.#showNewest(due)
      this.#askAhead(due)
    })
  }

  #showNewest(due: number): void {
    const candidates = [...this.#ready.keys()].filter((index) => index <= due)
    const newest = Math.max(-1, ...candidates)
    const frame = this.#ready.get(newest)
    for (const index of candidates) {
      this.#ready.delete(index)
    }
    if (frame !== undefined && newest > this.#shown) {
      this.#shown = newest
      this.#noteShown()
      this.#options.show(frame, newest / wantedRate)
    }
  }

  #noteShown(): void {
    const nowMs = this.#options.clock.now()
    this.#shownAtMs = [...this.#shownAtMs.filter((atMs) => atMs > nowMs - measuredMs), nowMs]
  }

  #askAhead(due: number): void {
    this.#next = Math.max(this.#next, due + 1)
    while (this.#inFlight < atOnce && this.#next <= due + ahead) {
      void this.#ask(this.#next++)
    }
  }

  async #ask(index: number): Promise<void> {
    const play = this.#play
    this.#inFlight++
    try {
      const frame = await this.#options.ask(index / wantedRate)
      if (play === this.#play) {
        this.#ready.set(index, frame)
      }
    } catch (error) {
      if (play === this.#play) {
        this.stop()
        this.#options.onProblem(error)
      }
    } finally {
      this.#inFlight--
    }
  }
}
