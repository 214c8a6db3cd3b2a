import { spawn } from 'node:child_process'
import type { Command } from 'commander'
import { z } from 'zod'
import { formatBytes } from '../../../../shared/formatBytes'
import { presetNames } from '../../../model/presets'
import { type BenchmarkEntry, benchmarkPreset } from '../../../services/benchmark'
import { parseWhole } from '../options'
import { formatFigure, formatTable } from '../output/format'

interface BenchOptions {
  readonly preset?: string[]
  readonly seconds: number
  readonly threads?: number
  readonly json?: boolean
  /** Measure in this process, which the command otherwise starts one of for each preset. */
  readonly here?: boolean
}

const entrySchema = z.object({
  preset: z.string(),
  batch: z.number(),
  stepMs: z.number(),
  gflop: z.number(),
  gflops: z.number(),
  sgemmGflops: z.number(),
  ratio: z.number(),
  compileMs: z.number(),
  overhead: z.number(),
  peakMemoryBytes: z.number()
})

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
    child.on('close', (code) => {
      if (code === 0) {
        resolve(entrySchema.parse(JSON.parse(output)))
      } else {
        reject(new Error(`bench of ${preset}: expected exit code 0, got ${code}`))
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

const legend = `
GFLOP: what the step's convolutions and products stand for (two a multiply-add), however they are computed; fast
convolution algorithms need fewer, so that a ratio above 1 is saved arithmetic. sgemm: a 2048² product in the same
rounds. Best of all rounds; "Outside" is the median share of a step that is not spent in the engine.
`

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description("Measure each preset's training step against a matrix product on this computer.")
    .option('--preset <preset...>', `only these (${presetNames.join(', ')})`)
    .option('--seconds <seconds>', 'how long to measure each', parseWhole('--seconds', 1, 3600), 20)
    .option('--threads <count>', 'threads of one operator (default: one a core)', parseWhole('--threads', 1, 256))
    .option('--here', 'measure one preset in this process and print it as JSON')
    .option('--json', 'print one JSON object a line')
    .action(async (options: BenchOptions) => {
      if (options.here) {
        const { seconds, threads } = options
        const preset = options.preset?.[0] ?? 'flowers-32'
        const entry = await benchmarkPreset({ preset, seconds, ...(threads === undefined ? {} : { threads }) })
        process.stdout.write(`${JSON.stringify(entry)}\n`)
        return
      }
      const entries: BenchmarkEntry[] = []
      for (const preset of options.preset ?? presetNames) {
        const entry = await measureApart(preset, options)
        entries.push(entry)
        process.stdout.write(options.json ? `${JSON.stringify(entry)}\n` : '')
      }
      if (!options.json) {
        const align = ['left', ...Array<'right'>(header.length - 1).fill('right')] as const
        process.stdout.write(`${formatTable(header, entries.map(toCells), align)}\n${legend}`)
      }
    })
}
