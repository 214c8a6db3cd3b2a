import cliProgress from 'cli-progress'
import type { TrainingEvent } from '../../../../shared/contract/training'
import { dispatch } from '../../../../shared/dispatch'
import { formatCount, formatDuration, formatFigure } from './format'

type EventOf<Name extends TrainingEvent['event']> = Extract<TrainingEvent, { event: Name }>

/** What is told of a run while it trains: for people on a terminal, or one line of JSON an event. */
export type EventPrinter = (event: TrainingEvent) => void

/** One JSON object a line on stdout and nothing else there. */
export const printJsonLine: EventPrinter = (event) => {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Something that goes from 0 to a total, with a few words about where it is. */
interface ProgressLine {
  start(label: string, total: number, done: number): void
  update(done: number, total: number, figures: string): void
  stop(): void
}

/** Drawn in place. */
function terminalLine(stream: NodeJS.WriteStream): ProgressLine {
  const bar = new cliProgress.SingleBar(
    { format: '{label} {bar} {percentage}% │ {figures}', stream, barsize: 24, hideCursor: true, fps: 5 },
    cliProgress.Presets.shades_classic
  )
  return {
    start: (label, total, done) => bar.start(total, done, { label, figures: '' }),
    update: (done, total, figures) => {
      bar.setTotal(total)
      bar.update(done, { figures })
    },
    stop: () => bar.stop()
  }
}

const lineEveryMs = 10_000

/** Logs and pipes get a line from time to time, and the last one. */
function logLine(stream: NodeJS.WriteStream): ProgressLine {
  let label = ''
  let waiting: string | undefined
  let writtenMs = Number.NEGATIVE_INFINITY
  const write = () => {
    if (waiting !== undefined) {
      stream.write(`${label} ${waiting}\n`)
      waiting = undefined
      writtenMs = performance.now()
    }
  }
  return {
    start: (next) => {
      label = next
    },
    update: (done, total, figures) => {
      waiting = `${total === 0 ? 0 : Math.floor((100 * done) / total)}% │ ${figures}`
      if (performance.now() - writtenMs > lineEveryMs) {
        write()
      }
    },
    stop: write
  }
}

function describePrepared(event: EventOf<'prepared'>): string {
  const { generator, discriminator } = event.parameters
  const compiled = event.compileMs === null ? '' : `, step compiled in ${formatDuration(event.compileMs / 1000)}`
  return [
    ...event.notices,
    `${formatCount(event.pictures)} pictures · generator ${formatCount(generator)} parameters · discriminator ${formatCount(discriminator)}`,
    `engine: ${event.engine}${compiled}`,
    `run: ${event.run}`,
    ''
  ].join('\n')
}

const describeStep = (event: EventOf<'step'>, total: number): string =>
  [
    `step ${formatCount(event.step)} / ${formatCount(total)}`,
    `${formatFigure(event.kimg)} kimg`,
    `loss D ${formatFigure(event['loss/d'])} G ${formatFigure(event['loss/g'])}`,
    `D(x) ${formatFigure(event['score/real'])} D(G(z)) ${formatFigure(event['score/fake'])}`,
    `${formatFigure(event.secondsPerStep)} s/it`,
    event.secondsLeft === null ? '– left' : `${formatDuration(event.secondsLeft)} left`
  ].join(' · ')

const describeImport = ({ done, refused }: EventOf<'importing'>): string =>
  `${formatCount(done)} pictures${refused === 0 ? '' : `, ${formatCount(refused)} refused`}`

/** A progress line with losses and time left. */
export function createProgressPrinter(stream: NodeJS.WriteStream = process.stderr): EventPrinter {
  const line = stream.isTTY ? terminalLine(stream) : logLine(stream)
  let stage: 'importing' | 'training' | undefined
  let total = 0
  const begin = (next: 'importing' | 'training', label: string, to: number, from: number) => {
    if (stage !== next) {
      end()
      stage = next
      line.start(label, to, from)
    }
  }
  const end = () => {
    if (stage !== undefined) {
      line.stop()
      stage = undefined
    }
  }
  const printers: { readonly [Name in TrainingEvent['event']]: (event: EventOf<Name>) => void } = {
    importing: (event) => {
      const all = event.total ?? event.done
      begin('importing', 'Importing', all, 0)
      line.update(event.done, all, describeImport(event))
    },
    prepared: (event) => {
      end()
      stream.write(describePrepared(event))
      total = event.toStep
      begin('training', 'Training', event.toStep, event.fromStep)
    },
    step: (event) => line.update(event.step, total, describeStep(event, total)),
    sample: () => {},
    checkpoint: () => {},
    finished: end,
    failed: end
  }
  return (event) => dispatch('event', printers, event)
}
