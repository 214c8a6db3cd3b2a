/** A grid of cells, row by row; the last row may be shorter. */
interface Grid {
  readonly count: number
  readonly columns: number
}

/** Where a key leads to from cell `index` of a grid, as the pattern "grid" of ARIA has it; null for other keys. */
export function moveInGrid(index: number, key: string, { count, columns }: Grid): number | null {
  const last = count - 1
  const rowStart = index - (index % columns)
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(0, index - 1),
    ArrowRight: Math.min(last, index + 1),
    ArrowUp: index >= columns ? index - columns : index,
    ArrowDown: index + columns <= last ? index + columns : index,
    Home: rowStart,
    End: Math.min(last, rowStart + columns - 1),
    PageUp: index % columns,
    PageDown: Math.min(last, Math.floor(last / columns) * columns + (index % columns))
  }
  return moves[key] ?? null
}
