import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatCount, formatDuration, formatFigure, formatTable } from '../../src/main/host/cli/output/format'
import { createProgressLine, fitFigures } from '../../src/main/host/cli/output/progressLine'
import { createProgressReporter } from '../../src/main/host/cli/output/reporter'
import type { TrainingEvent } from '../../src/shared/contract/training'

afterEach(() => vi.useRealTimers())

it.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [0.42, '0.4 s'],
  [9.4, '9.4 s'],
  [9.6, '10 s'],
  [59.4, '59 s'],
  [59.6, '1 min 0 s'],
  [200, '3 min 20 s'],
  [20_160, '5 h 36 min']
])('%f seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

it.each([
  [7, '7'],
  [999, '999'],
  [1000, '1,000'],
  [6_264_579, '6,264,579']
])('the count %i is %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

it.each([
  [null, '–'],
  [0.123456, '0.123'],
  [12.345, '12.3'],
  [-0.5, '-0.5'],
  [1234.5, '1,235']
])('the figure %f is %s', (figure, text) => {
  expect(formatFigure(figure)).toBe(text)
})

it('a table’s columns are as wide as their widest cell', () => {
  const table = formatTable(
    ['Name', 'Count'],
    [
      ['a', '1'],
      ['longer', '1,000']
    ],
    ['left', 'right']
  )
  expect(table).toBe('Name    Count\n──────  ─────\na           1\nlonger  1,000')
})

it.each([
  { width: 80, text: '3 s left · loss 1 · step 5' },
  { width: 18, text: '3 s left · loss 1' },
  { width: 3, text: '3 s left' }
])('of the figures the first ones are shown in $width characters', ({ width, text }) => {
  expect(fitFigures(['3 s left', 'loss 1', 'step 5'], width)).toBe(text)
})

/** A stream that remembers what was written to it. */
function recordingStream(properties: { isTTY: boolean; columns?: number }) {
  const stream = Object.assign(new PassThrough(), properties)
  const text = (): string => stream.read()?.toString() ?? ''
  return { stream, text }
}

const prepared: TrainingEvent = {
  event: 'prepared',
  run: '/runs/a',
  engine: 'the engine',
  pictures: 5000,
  parameters: { generator: 6_264_579, discriminator: 790_913 },
  compileMs: 1234,
  flops: null,
  fromStep: 0,
  toStep: 1000,
  notices: ['step-000004 is broken']
}

const stepEvent = (step: number): TrainingEvent => ({
  event: 'step',
  step,
  kimg: step / 50,
  seconds: step,
  'loss/d': 0.6789,
  'loss/g': 1.25,
  'score/real': 0.5,
  'score/fake': 0.25,
  secondsPerStep: 2.4,
  secondsLeft: 2.4 * (1000 - step)
})

describe('the progress of a run in a log', () => {
  it('says what is trained, then how far it is from time to time, and the last of it', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { stream, text } = recordingStream({ isTTY: false })
    const reporter = createProgressReporter(stream)
    reporter.event({ event: 'importing', done: 10, total: 5000, refused: 0 })
    reporter.event({ event: 'importing', done: 5000, total: 5000, refused: 2 })
    reporter.event(prepared)
    expect(text()).toBe(
      [
        'Importing   0% │ 10 of 5,000 pictures',
        'Importing 100% │ 5,000 of 5,000 pictures · 2 refused',
        'step-000004 is broken',
        '5,000 pictures · generator 6,264,579 parameters · discriminator 790,913',
        'engine: the engine, step compiled in 1.2 s',
        'run: /runs/a',
        'samples: /runs/a/samples',
        ''
      ].join('\n')
    )
    reporter.event(stepEvent(1))
    reporter.event(stepEvent(2))
    vi.advanceTimersByTime(10_000)
    reporter.event(stepEvent(3))
    reporter.event(stepEvent(4))
    reporter.event({ event: 'finished', step: 4, run: '/runs/a', reason: 'stopped' })
    const lines = text().trimEnd().split('\n')
    expect(lines[0]).toBe(
      'Training   0% │ 39 min 58 s left · loss D 0.679 G 1.25 · step 1 / 1,000 · 0.02 kimg · D(x) 0.5 D(G(z)) 0.25 · 2.4 s/step'
    )
    expect(lines.map((line) => /step (\d+) /.exec(line)?.[1])).toEqual(['1', '3', '4'])
  })

  it('does not repeat a line that was written', () => {
    const { stream, text } = recordingStream({ isTTY: false })
    const line = createProgressLine(stream)
    line.start('Working')
    line.update(1, 1, ['all of it'])
    line.stop()
    expect(text()).toBe('Working 100% │ all of it\n')
  })
})

describe('the progress of a run on a terminal', () => {
  /** The last state of the line that is drawn again and again, between two control sequences. */
  const lastDrawn = (text: string): string =>
    text
      .split('\u001b')
      .map((part) => part.replace(/^(\[[\d?;]*[A-Za-z]|\d)/, '').trim())
      .filter((part) => part !== '')
      .at(-1) ?? ''

  it.each([80, 120, 200])('shows time left and losses within %i columns', (columns) => {
    const { stream, text } = recordingStream({ isTTY: true, columns })
    const reporter = createProgressReporter(stream)
    reporter.event(prepared)
    reporter.event(stepEvent(500))
    reporter.event({ event: 'finished', step: 500, run: '/runs/a', reason: 'stopped' })
    const drawn = lastDrawn(text())
    expect(drawn).toMatch(/^Training [█░]+ {2}50% │ 20 min 0 s left · loss D 0\.679 G 1\.25/)
    expect(drawn.length).toBeLessThan(columns)
    expect(drawn.includes('2.4 s/step')).toBe(columns > 150)
  })

  it('gives the line and the cursor back before it says something', () => {
    const { stream, text } = recordingStream({ isTTY: true, columns: 80 })
    const reporter = createProgressReporter(stream)
    reporter.event(prepared)
    reporter.event(stepEvent(1))
    reporter.note('Saving …')
    const written = text()
    expect(written.endsWith('\nSaving …\n')).toBe(true)
    expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf('\u001b[?25l'))
  })
})
