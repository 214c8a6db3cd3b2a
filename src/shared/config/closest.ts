/** Levenshtein's distance: the fewest insertions, deletions and replacements of characters that turn `a` into `b`. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, character] of [...a].entries()) {
    const current = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const replaced = previous[j]! + (character === other ? 0 : 1)
      current.push(Math.min(replaced, previous[j + 1]! + 1, current[j]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}

/** The known name that is most like `name`, or undefined when none shares at least half of its characters. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, steps }) => steps <= Math.max(name.length, candidate.length) / 2)
    .sort((a, b) => a.steps - b.steps)
  return ranked[0]?.candidate
}
