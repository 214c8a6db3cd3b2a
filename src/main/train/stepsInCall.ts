/** How often what needs the state is due, in iterations. */
interface Cadence {
  readonly sampleEvery: number
  readonly checkpointEvery: number
  /** 0 is never. */
  readonly scoreEvery: number
}

/** Iterations from `step` to the next multiple of `interval`, at least 1. */
const untilMultiple = (step: number, interval: number): number =>
  interval === 0 ? Number.POSITIVE_INFINITY : interval - (step % interval)

/**
 * How many iterations the next call of the engine makes, of at most `most`: those after which the state is read (for a
 * sample grid, a checkpoint, scores or the end) must be the last of their call. Figures come back for each iteration, so that
 * metrics need no call of their own.
 *
 * @param step iterations that are done, fewer than `lastStep`
 */
export const stepsInCall = (
  step: number,
  { sampleEvery, checkpointEvery, scoreEvery }: Cadence,
  lastStep: number,
  most: number
): number =>
  Math.min(
    most,
    lastStep - step,
    ...[sampleEvery, checkpointEvery, scoreEvery].map((interval) => untilMultiple(step, interval))
  )
