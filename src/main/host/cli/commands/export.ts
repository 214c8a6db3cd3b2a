import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportProgress, exportOptionsSchema, modelFormats } from '../../../../shared/contract/exports'
import { formatBytes } from '../../../../shared/formatBytes'
import { exportModel, exportRun } from '../../../services/exports'
import { findRun } from '../findRun'
import { printJsonLine } from '../output/json'
import { createProgressLine } from '../output/progressLine'
import { stopOnInterrupt } from '../stopOnInterrupt'

interface ExportFlags {
  readonly format: string
  readonly out: string
  readonly raw?: boolean
  readonly pictures: 'float' | 'uint8'
  readonly licence: string
  readonly json?: boolean
}

const formats = [...modelFormats, 'kwiat'] as const

const help = `
Formats:
  onnx         the generator as one .onnx file: input z [N, latent size], output pictures
  keras        the generator as one .keras file, for Keras 3
  tfjs         a folder with model.json and weights.bin, for TensorFlow.js
  safetensors  a folder with the generator's weights and a model card
  kwiat        the whole run as one .kwiat file, which kwiat import takes up again

Examples:
  kwiat export photos-1a2b3c --format onnx --out flowers.onnx
  kwiat export runs/photos-1a2b3c/checkpoints/step-000500 --format keras --out early.keras
  kwiat export photos-1a2b3c --format kwiat --out photos.kwiat

A run stands for its newest whole checkpoint. Nothing that is there already is overwritten.`

const phases: { readonly [Phase in ExportProgress['phase']]: string } = {
  reading: 'reading the checkpoint',
  converting: 'converting',
  writing: 'writing'
}

async function runExport(from: string, flags: ExportFlags): Promise<void> {
  const line = createProgressLine(process.stderr)
  const stop = stopOnInterrupt()
  line.start('Exporting')
  try {
    const onProgress = ({ phase, doneBytes, totalBytes }: ExportProgress) =>
      line.update(doneBytes, totalBytes ?? 1, [phases[phase]])
    const target = { path: resolve(flags.out) }
    const saved = await save(await findRun(from), flags, target, { signal: stop.signal, onProgress })
    line.stop()
    print(flags, saved)
  } finally {
    line.stop()
    stop.dispose()
  }
}

async function save(
  from: string,
  { format, raw, pictures, licence }: ExportFlags,
  target: { readonly path: string },
  ports: Parameters<typeof exportRun>[2]
): Promise<{ bytes: number; notice?: string | null }> {
  if (format === 'kwiat') {
    return exportRun(from, target, ports)
  }
  const options = exportOptionsSchema.parse({ format, weights: raw ? 'raw' : 'ema', pictures, licence })
  return exportModel(from, options, target, ports)
}

function print({ format, out, json }: ExportFlags, { bytes, notice }: { bytes: number; notice?: string | null }): void {
  if (json) {
    printJsonLine({ event: 'exported', format, path: resolve(out), bytes, notice: notice ?? null })
    return
  }
  process.stdout.write(`${resolve(out)}: ${formatBytes(bytes)}\n${notice ? `${notice}\n` : ''}`)
}

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Write what a run has learnt for other programs, or the whole run as one file.')
    .argument('<run>', "a run's folder or name, or one of its checkpoints")
    .addOption(new Option('--format <format>', 'what to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <path>', 'the file, or the folder for tfjs and safetensors, to make')
    .option('--raw', 'the newest weights instead of their average')
    .addOption(
      new Option('--pictures <type>', 'onnx: pictures as float32 in [-1, 1] or as bytes')
        .choices(['float', 'uint8'])
        .default('float')
    )
    .option('--licence <text>', 'noted in the file, as "CC BY 4.0"', '')
    .option('--json', 'say what was made as one JSON object')
    .addHelpText('after', help)
    .action(runExport)
}
