/** How fast training goes, as a value: `startPace` and `advancePace` make it, the other functions read it. */
export interface Pace {
  /** Iterations done at the last sample. */
  readonly step: number
  /** Time of the last sample on a clock that never jumps, in milliseconds. */
  readonly timeMs: number
  /** Decayed sum of the iterations of all intervals between samples. */
  readonly steps: number
  /** Decayed sum of their durations in milliseconds. */
  readonly durationMs: number
}

/** After this long, an interval counts for 1/e of what it did. */
const memoryMs = 15_000

export const startPace = (step: number, timeMs: number): Pace => ({ step, timeMs, steps: 0, durationMs: 0 })

/**
 * Adds an interval of Δs iterations and Δt milliseconds: S ← k·S + Δs, T ← k·T + Δt with k = exp(−Δt / memory). S / T
 * begins as the plain average and becomes the exponential one, without the bias of a first guess.
 */
export function advancePace(pace: Pace, step: number, timeMs: number): Pace {
  const elapsedMs = timeMs - pace.timeMs
  const kept = Math.exp(-elapsedMs / memoryMs)
  return {
    step,
    timeMs,
    steps: kept * pace.steps + (step - pace.step),
    durationMs: kept * pace.durationMs + elapsedMs
  }
}

/** S / T in iterations per second; null before two samples. */
export const iterationsPerSecond = ({ steps, durationMs }: Pace): number | null =>
  durationMs > 0 ? (1000 * steps) / durationMs : null

/** Seconds until `lastStep` at this pace; null while the pace isn't known. */
export function secondsLeft(pace: Pace, lastStep: number): number | null {
  const rate = iterationsPerSecond(pace)
  return rate === null || rate === 0 ? null : Math.max(0, lastStep - pace.step) / rate
}
