/** Part of the step axis, both ends shown. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

/** A narrower axis would have marks between its steps. */
export const fewestSteps = 10

const widthOf = ({ from, to }: StepRange): number => to - from

/** The range moved into `bounds`, and null, for "all", where it covers them. */
function within(range: StepRange, bounds: StepRange): StepRange | null {
  const width = widthOf(range)
  if (width >= widthOf(bounds)) {
    return null
  }
  const from = Math.min(Math.max(Math.round(range.from), bounds.from), bounds.to - Math.round(width))
  return { from, to: from + Math.round(width) }
}

/**
 * What is shown after zooming: `factor` times as many steps, below 1 to come nearer, with `step` where it was. Null for
 * all of `bounds`.
 */
export function zoomAround(shown: StepRange, step: number, factor: number, bounds: StepRange): StepRange | null {
  const width = Math.max(fewestSteps, widthOf(shown) * factor)
  const share = widthOf(shown) === 0 ? 0.5 : (step - shown.from) / widthOf(shown)
  const from = step - share * width
  return within({ from, to: from + width }, bounds)
}

/** What is shown after an interval was drawn with the mouse, in either direction. */
export function zoomTo(a: number, b: number, bounds: StepRange): StepRange | null {
  const middle = (a + b) / 2
  const half = Math.max(fewestSteps, Math.abs(b - a)) / 2
  return within({ from: middle - half, to: middle + half }, bounds)
}
