/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[]

/**
 * A bilinear algorithm for short correlations: with taps g (r of them) and inputs d (m + r − 1), the m outputs
 * y[i] = Σ_j g[j]·d[i + j] are  y = outputs · ((taps · g) ⊙ (inputs · d)),  which takes m + r − 1 products instead of
 * m·r.
 */
export interface ShortCorrelation {
  /** `[m, n]` */
  readonly outputs: Matrix
  /** `[n, r]` */
  readonly taps: Matrix
  /** `[n, n]` */
  readonly inputs: Matrix
}

/** Points at which polynomials are evaluated, best conditioned first; infinity is added to the ones taken. */
const evaluationPoints = [0, 1, -1, 2, -2, 1 / 2, -1 / 2, 4, -4, 1 / 4, -1 / 4] as const

/** The most products that the points allow. */
export const mostPoints = evaluationPoints.length + 1

const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)))

/** Coefficients, lowest first, of Π (x − root). */
function polynomial(roots: readonly number[]): number[] {
  let coefficients = [1]
  for (const root of roots) {
    const before = coefficients
    coefficients = Array.from({ length: before.length + 1 }, (_, i) => (before[i - 1] ?? 0) - root * (before[i] ?? 0))
  }
  return coefficients
}

const largest = (row: readonly number[]): number => Math.max(...row.map(Math.abs))

/** One finite point's rows of `taps` and `inputs`, the scale shared between them by a power of two, which is exact. */
function finitePoint(point: number, others: readonly number[], taps: number, size: number) {
  const scale = others.reduce((product, other) => product * (point - other), 1)
  const tapRow = Array.from({ length: taps }, (_, j) => point ** j / scale)
  const coefficients = polynomial(others)
  const inputRow = Array.from({ length: size }, (_, i) => coefficients[i] ?? 0)
  const balance = 2 ** Math.round(Math.log2(largest(inputRow) / largest(tapRow)) / 2)
  return { taps: tapRow.map((tap) => tap * balance), inputs: inputRow.map((input) => input / balance) }
}

/**
 * The Toom–Cook algorithm for `outputs` m and `taps` r (Lavin & Gray, "Fast algorithms for convolutional neural
 * networks", CVPR 2016, section 4, gives it for r = 3; Winograd, "Arithmetic complexity of computations", 1980, the
 * construction). It is the plain product for m = 1.
 */
export function shortCorrelation(outputs: number, taps: number): ShortCorrelation {
  const size = outputs + taps - 1
  if (outputs === 1) {
    return { outputs: [Array<number>(size).fill(1)], taps: identity(size), inputs: identity(size) }
  }
  const points = evaluationPoints.slice(0, size - 1)
  const rows = points.map((point) =>
    finitePoint(
      point,
      points.filter((other) => other !== point),
      taps,
      size
    )
  )
  const lastTap = Array.from({ length: taps }, (_, j) => (j === taps - 1 ? 1 : 0))
  return {
    outputs: Array.from({ length: outputs }, (_, i) => [
      ...points.map((point) => point ** i),
      i === outputs - 1 ? 1 : 0
    ]),
    taps: [...rows.map((row) => row.taps), lastTap],
    inputs: [...rows.map((row) => row.inputs), polynomial(points)]
  }
}
