/** One object a line on stdout; with --json nothing else is written there. */
export function printJsonLine<Line extends { readonly event: string }>(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
