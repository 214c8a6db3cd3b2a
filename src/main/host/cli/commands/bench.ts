import { spawn } from 'node:child_process'
import { type Command, Option } from 'commander'
import { formatBytes } from '../../../../shared/formatBytes'
import { loadPreset, presetNames } from '../../../model/presets'
import { type BenchmarkEntry, benchmarkEntrySchema, benchmarkPreset } from '../../../services/benchmark'
import { parseWhole } from '../options'
import { formatFigure, formatTable } from '../output/format'
import { printJsonLine } from '../output/json'
import { benchmarkEngines } from './benchEngines'

interface BenchOptions {
  readonly preset?: readonly string[]
  readonly seconds: number
  readonly threads?: number
  readonly json?: boolean
  /** Measure every engine instead of the CPU's arithmetic. */
  readonly engines?: boolean
  /** Measure in this process; the command starts one for each preset. */
  readonly here?: boolean
}

const help = `
Examples:
  kwiat bench
  kwiat bench --preset flowers-32 --seconds 5 --json
  kwiat bench --engines --seconds 5

Columns:
  GFLOP    what the step's convolutions and products stand for (two a multiply-add), however they are computed; fast
           convolution algorithms need fewer, so that a ratio above 1 is saved arithmetic
  sgemm    GFLOP/s of a 2048 × 2048 × 2048 product, measured in turns with the steps
  Ratio    of both, each the best of all turns
  Outside  median share of a step that is not spent in the engine
Close other programs first: what they take is missing here.`

/** Measures one preset in a process of its own, so that its peak memory is its own. */
function measureApart(preset: string, { seconds, threads }: BenchOptions): Promise<BenchmarkEntry> {
  const given = ['bench', '--here', '--preset', preset, '--seconds', `${seconds}`]
  const options = threads === undefined ? given : [...given, '--threads', `${threads}`]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1]!, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve(benchmarkEntrySchema.parse(JSON.parse(output)))
      } else {
        reject(new Error(`bench of ${preset}: expected exit code 0, got ${code ?? signal}`))
      }
    })
  })
}

const header = [
  'Preset',
  'Batch',
  'Step ms',
  'GFLOP',
  'GFLOP/s',
  'sgemm',
  'Ratio',
  'Compile s',
  'Outside',
  'Peak memory'
]

const toCells = (entry: BenchmarkEntry): string[] => [
  entry.preset,
  `${entry.batch}`,
  formatFigure(entry.stepMs),
  formatFigure(entry.gflop),
  formatFigure(entry.gflops),
  formatFigure(entry.sgemmGflops),
  entry.ratio.toFixed(2),
  (entry.compileMs / 1000).toFixed(2),
  `${(100 * entry.overhead).toFixed(1)} %`,
  formatBytes(entry.peakMemoryBytes)
]

function formatEntries(entries: readonly BenchmarkEntry[]): string {
  const align = ['left', ...Array<'right'>(header.length - 1).fill('right')] as const
  return `${formatTable(header, entries.map(toCells), align)}\n`
}

async function measureHere({ preset, seconds, threads }: BenchOptions): Promise<void> {
  const name = preset?.[0] ?? presetNames[0]!
  const entry = await benchmarkPreset({ preset: name, seconds, ...(threads === undefined ? {} : { threads }) })
  process.stdout.write(`${JSON.stringify(entry)}\n`)
}

async function measureAll(options: BenchOptions): Promise<void> {
  const presets = options.preset ?? presetNames
  // An unknown name is told before minutes are spent on the others.
  presets.forEach(loadPreset)
  const entries: BenchmarkEntry[] = []
  for (const preset of presets) {
    process.stderr.write(`Measuring ${preset} for ${options.seconds} s …\n`)
    const entry = await measureApart(preset, options)
    entries.push(entry)
    if (options.json) {
      printJsonLine({ event: 'benchmark', ...entry })
    }
  }
  if (!options.json) {
    process.stdout.write(formatEntries(entries))
  }
}

const measureOthers = (options: BenchOptions) => (options.engines ? benchmarkEngines(options) : measureAll(options))

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description("Measure each preset's training step against a matrix product on this computer.")
    .option('--preset <preset...>', `only these (${presetNames.join(', ')})`)
    .option('--seconds <seconds>', 'how long to measure each', parseWhole(1, 3600), 20)
    .option('--threads <count>', 'threads of one operator (default: one a core)', parseWhole(1, 256))
    .option('--engines', 'real pictures a second on each engine that works here')
    .addOption(new Option('--here', 'measure one preset in this process').hideHelp())
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', help)
    .action((options: BenchOptions) => (options.here ? measureHere(options) : measureOthers(options)))
}
