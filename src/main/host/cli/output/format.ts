/** Time as people say it: "0.4 s", "8 s", "3 min 20 s", "5 h 36 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 9.5 && seconds > 0) {
    return `${Number(seconds.toFixed(1))} s`
  }
  const whole = Math.round(seconds)
  if (whole < 60) {
    return `${whole} s`
  }
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A whole number with its thousands apart, as Keras' summaries have it: 6,264,579. */
export const formatCount = (count: number): string =>
  Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')

/** Three significant digits, or "–" for what is not known. */
export const formatFigure = (figure: number | null): string =>
  figure === null ? '–' : Math.abs(figure) >= 1000 ? formatCount(figure) : Number(figure.toPrecision(3)).toString()

/** Rows as text columns, aligned as `align` says. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[]
): string {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (align[i] === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(header), rule, ...rows.map(line)].join('\n')
}
