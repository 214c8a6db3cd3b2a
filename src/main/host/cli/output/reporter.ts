import { join } from 'node:path'
import type { TrainingEvent } from '../../../../shared/contract/training'
import { dispatch } from '../../../../shared/dispatch'
import { formatCount, formatDuration, formatFigure } from './format'
import { printJsonLine } from './json'
import { createProgressLine, type ProgressStream } from './progressLine'

type EventOf<Name extends TrainingEvent['event']> = Extract<TrainingEvent, { event: Name }>

/** Tells of a run while it trains. */
export interface Reporter {
  event(event: TrainingEvent): void
  /** Says something between two events. */
  note(text: string): void
}

/** One line of JSON an event on stdout; what is said besides goes to stderr. */
export const createJsonReporter = (): Reporter => ({
  event: printJsonLine,
  note: (text) => {
    process.stderr.write(`${text}\n`)
  }
})

function describePrepared(event: EventOf<'prepared'>): string {
  const { generator, discriminator } = event.parameters
  const compiled = event.compileMs === null ? '' : `, step compiled in ${formatDuration(event.compileMs / 1000)}`
  return [
    ...event.notices,
    `${formatCount(event.pictures)} pictures · generator ${formatCount(generator)} parameters · discriminator ${formatCount(discriminator)}`,
    `engine: ${event.engine}${compiled}`,
    `run: ${event.run}`,
    `samples: ${join(event.run, 'samples')}`,
    ''
  ].join('\n')
}

/** In the order of importance, since a narrow terminal shows the first ones only. */
const stepFigures = (event: EventOf<'step'>, total: number): readonly string[] => [
  event.secondsLeft === null ? '– left' : `${formatDuration(event.secondsLeft)} left`,
  `loss D ${formatFigure(event['loss/d'])} G ${formatFigure(event['loss/g'])}`,
  `step ${formatCount(event.step)} / ${formatCount(total)}`,
  `${formatFigure(event.kimg)} kimg`,
  `D(x) ${formatFigure(event['score/real'])} D(G(z)) ${formatFigure(event['score/fake'])}`,
  `${formatFigure(event.secondsPerStep)} s/step`
]

/** How far an import is. */
export const importFigures = ({ done, total, refused }: Omit<EventOf<'importing'>, 'event'>): readonly string[] => [
  `${formatCount(done)}${total === null ? '' : ` of ${formatCount(total)}`} pictures`,
  ...(refused === 0 ? [] : [`${formatCount(refused)} refused`])
]

/** A progress line with losses and time left. */
export function createProgressReporter(stream: ProgressStream = process.stderr): Reporter {
  const line = createProgressLine(stream)
  let label: string | undefined
  let total = 0
  const begin = (next: string) => {
    if (label !== next) {
      end()
      label = next
      line.start(next)
    }
  }
  const end = () => {
    if (label !== undefined) {
      line.stop()
      label = undefined
    }
  }
  const printers: { readonly [Name in TrainingEvent['event']]: (event: EventOf<Name>) => void } = {
    importing: (event) => {
      begin('Importing')
      line.update(event.done, event.total ?? event.done, importFigures(event))
    },
    prepared: (event) => {
      end()
      stream.write(describePrepared(event))
      total = event.toStep
    },
    step: (event) => {
      begin('Training')
      line.update(event.step, total, stepFigures(event, total))
    },
    sample: () => {},
    checkpoint: () => {},
    removed: () => {},
    finished: end,
    failed: end
  }
  return {
    event: (event) => dispatch('event', printers, event),
    note: (text) => {
      end()
      stream.write(`${text}\n`)
    }
  }
}
