import type { EngineTrial } from '../../../../shared/contract/engines'
import type { EngineId } from '../../../../shared/contract/training'
import { describeError } from '../../../../shared/errors'
import { loadPreset, presetNames } from '../../../model/presets'
import { createTrials } from '../engines'
import { formatFigure, formatTable } from '../output/format'
import { printJsonLine } from '../output/json'

interface EngineBenchOptions {
  readonly preset?: readonly string[]
  readonly seconds: number
  readonly threads?: number
  readonly json?: boolean
}

/** A driver that hangs, or a GPU in software, must not hold up the others. */
const patienceMs = 120_000

type Measured = { readonly id: EngineId; readonly preset: string } & (
  | ({ readonly problem: null } & EngineTrial)
  | { readonly problem: string }
)

/** Real pictures a second of each preset on each engine that works here. */
export async function benchmarkEngines({ preset, seconds, threads, json }: EngineBenchOptions): Promise<void> {
  const presets = preset ?? presetNames
  presets.forEach(loadPreset)
  const trials = createTrials()
  const measured: Measured[] = []
  for (const { id, state } of await trials.probeAll()) {
    for (const name of state === 'works' && id !== 'eager' ? presets : []) {
      process.stderr.write(`Measuring ${name} on ${id} for ${seconds} s …\n`)
      const engine = { id, ...(threads === undefined ? {} : { threads }) }
      const request = { engine, configuration: loadPreset(name), seconds }
      const entry = await trials.measure(request, patienceMs + 1000 * seconds).then(
        (trial): Measured => ({ id, preset: name, problem: null, ...trial }),
        (error: unknown): Measured => ({ id, preset: name, problem: describeError(error) })
      )
      measured.push(entry)
      if (json) {
        printJsonLine({ event: 'engine', ...entry })
      }
    }
  }
  if (!json) {
    process.stdout.write(formatMeasured(measured))
  }
}

const header = ['Engine', 'Preset', 'Pictures/s', 'Steps/s', 'Steps a call', 'Left to the CPU', 'Compile s']

const toCells = (entry: Measured): string[] =>
  entry.problem === null
    ? [
        entry.id,
        entry.preset,
        formatFigure(entry.picturesPerSecond),
        formatFigure(entry.stepsPerSecond),
        `${entry.stepsPerCall}`,
        `${entry.fallbacks}`,
        entry.compileMs === null ? '–' : (entry.compileMs / 1000).toFixed(2)
      ]
    : [entry.id, entry.preset, 'failed', '', '', '', '']

function formatMeasured(measured: readonly Measured[]): string {
  const align = ['left', 'left', ...Array<'right'>(header.length - 2).fill('right')] as const
  const problems = measured.flatMap(({ id, preset, problem }) =>
    problem === null ? [] : [`${id}, ${preset}: ${problem}`]
  )
  return `${[formatTable(header, measured.map(toCells), align), ...problems].join('\n')}\n`
}
