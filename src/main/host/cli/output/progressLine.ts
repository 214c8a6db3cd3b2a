import cliProgress, { type Options, type Params } from 'cli-progress'

/** Where progress is shown: a terminal, or what its output is sent to instead. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** Something that goes from 0 to a total, with figures about where it is, the most important first. */
export interface ProgressLine {
  start(label: string): void
  update(done: number, total: number, figures: readonly string[]): void
  /** Shows the last update and leaves it there. */
  stop(): void
}

const separator = ' · '
const narrowColumns = 100
const defaultColumns = 80

/** As many figures as fit into `width` characters, at least one. */
export function fitFigures(figures: readonly string[], width: number): string {
  const fitting = figures.filter((_, i) => figures.slice(0, i + 1).join(separator).length <= width)
  return (fitting.length === 0 ? figures.slice(0, 1) : fitting).join(separator)
}

const percentOf = (share: number): string => `${Math.floor(100 * share)}%`.padStart(4)

/** Drawn in place, and never wider than the terminal, so that time left and losses are always seen. */
function terminalLine(stream: ProgressStream): ProgressLine {
  let label = ''
  let figures: readonly string[] = []
  const draw = (options: Options, { progress }: Params): string => {
    const columns = stream.columns ?? defaultColumns
    const bar = cliProgress.Format.BarFormat(progress, { ...options, barsize: columns < narrowColumns ? 8 : 24 })
    const start = `${label} ${bar} ${percentOf(progress)} │ `
    return start + fitFigures(figures, columns - start.length - 1)
  }
  const options = { format: draw, stream, hideCursor: true, fps: 5 }
  const bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic)
  return {
    start: (next) => {
      label = next
      figures = []
    },
    update: (done, total, next) => {
      figures = next
      if (bar.isActive) {
        bar.setTotal(total)
        bar.update(done)
      } else {
        bar.start(total, done)
      }
    },
    stop: () => bar.stop()
  }
}

const lineEveryMs = 10_000

/** Logs and pipes get a line from time to time, and the last one. */
function logLine(stream: ProgressStream): ProgressLine {
  let label = ''
  let last = ''
  let written = ''
  let writtenMs = Number.NEGATIVE_INFINITY
  const write = () => {
    if (last !== written) {
      stream.write(`${last}\n`)
      written = last
      writtenMs = performance.now()
    }
  }
  return {
    start: (next) => {
      label = next
      writtenMs = Number.NEGATIVE_INFINITY
    },
    update: (done, total, figures) => {
      last = `${label} ${percentOf(total === 0 ? 1 : done / total)} │ ${figures.join(separator)}`
      if (performance.now() - writtenMs >= lineEveryMs) {
        write()
      }
    },
    stop: write
  }
}

/** A progress line for what `stream` is: a terminal, or a log. */
export const createProgressLine = (stream: ProgressStream): ProgressLine =>
  stream.isTTY ? terminalLine(stream) : logLine(stream)
