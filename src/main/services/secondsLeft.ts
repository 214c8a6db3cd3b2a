/** At the pace so far; null while nothing is done or the end is not known. */
export function secondsLeft(
  { done, total }: { readonly done: number; readonly total: number | null },
  elapsedMs: number
): number | null {
  return total === null || done === 0 ? null : ((Math.max(0, total - done) / done) * elapsedMs) / 1000
}
