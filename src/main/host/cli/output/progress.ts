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

const barFormat = '{label} {bar} {percentage}% | {figures}'

function describePrepared(event: EventOf<'prepared'>): string[] {
  const { generator, discriminator } = event.parameters
  const compiled = event.compileMs === null ? '' : `, step compiled in ${formatDuration(event.compileMs / 1000)}`
  return [
    ...event.notices,
    `${formatCount(event.pictures)} pictures · generator ${formatCount(generator)} parameters · discriminator ${formatCount(discriminator)}`,
    `engine: ${event.engine}${compiled}`,
    `run: ${event.run}`
  ]
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

/**
 * A progress bar with losses and time left. On a terminal it is drawn in place; elsewhere a line is written from time
 * to time, so that logs stay readable.
 */
export function createProgressPrinter(stream: NodeJS.WriteStream = process.stderr): EventPrinter {
  const bar = new cliProgress.SingleBar({
    stream,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    fps: 5,
    ...cliProgress.Presets.shades_classic,
    format: barFormat
  })
  let total = 0
  let stage: 'none' | 'importing' | 'training' = 'none'
  const begin = (next: 'importing' | 'training', label: string, from: number, to: number) => {
    if (stage !== next) {
      bar.stop()
      stage = next
      bar.start(to, from, { label, figures: '' })
    }
  }
  const end = () => {
    if (stage !== 'none') {
      bar.stop()
      stage = 'none'
    }
  }
  const printers: { readonly [Name in TrainingEvent['event']]: (event: EventOf<Name>) => void } = {
    importing: ({ done, total: all, refused }) => {
      begin('importing', 'Importing pictures', 0, all ?? 0)
      bar.setTotal(all ?? done)
      bar.update(done, { figures: refused === 0 ? `${formatCount(done)}` : `${formatCount(done)}, ${refused} refused` })
    },
    prepared: (event) => {
      end()
      stream.write(`${describePrepared(event).join('\n')}\n`)
      total = event.toStep
      begin('training', 'Training', event.fromStep, event.toStep)
    },
    step: (event) => bar.update(event.step, { figures: describeStep(event, total) }),
    sample: () => {},
    checkpoint: () => {},
    finished: end,
    failed: end
  }
  return (event) => dispatch('event', printers, event)
}
