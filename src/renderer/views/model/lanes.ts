/** What one lane does at one row: it may end there, begin there, both, or only pass. */
export interface LanePart {
  readonly lane: number
  /** The line comes from above. */
  readonly comes: boolean
  /** The line goes on below. */
  readonly goes: boolean
  /** The row's layer reads or gives what the lane carries. */
  readonly touches: boolean
}

/** A connection that is not just from one row to the next. */
interface Edge {
  readonly from: number
  readonly to: number
}

/** The lowest lane that is free from the row `from` on. */
function freeLane(busyUntil: number[], from: number): number {
  const free = busyUntil.findIndex((until) => until <= from)
  return free < 0 ? busyUntil.length : free
}

/**
 * Connections that skip rows, drawn beside the rows as vertical lines, each in a lane in which no other one runs at the
 * same time.
 *
 * @param edges from a row to one further below
 * @returns for each row the parts of the lanes that are there
 */
export function lanesOf(rowCount: number, edges: readonly Edge[]): readonly (readonly LanePart[])[] {
  const rows: LanePart[][] = Array.from({ length: rowCount }, () => [])
  const busyUntil: number[] = []
  const inOrder = [...edges].sort((a, b) => a.from - b.from || a.to - b.to)
  for (const { from, to } of inOrder) {
    const lane = freeLane(busyUntil, from)
    busyUntil[lane] = to
    for (let row = from; row <= to; row++) {
      rows[row]?.push({ lane, comes: row > from, goes: row < to, touches: row === from || row === to })
    }
  }
  return rows
}
