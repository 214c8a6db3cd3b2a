import { type Command, Option } from 'commander'
import type { Manifest } from '../../../data/import/manifest'
import { importFrom } from '../../../services/datasets'
import { parseWhole } from '../options'
import { formatCount } from '../output/format'
import { createProgressPrinter } from '../output/progress'

interface DataOptions {
  readonly size: number
  readonly grey?: boolean
  readonly crop: Manifest['options']['crop']
  readonly class?: string[]
  readonly json?: boolean
}

/** So many refused files are named; the others are counted. */
const shownRefusals = 20

const formatSize = ({ width, height }: Manifest['smallestOriginal']): string => `${width} × ${height}`

const formatMeans = (means: readonly number[]): string => means.map((mean) => mean.toFixed(3)).join(' ')

function formatRefusals({ refused, refusedCount }: Manifest): string[] {
  const shown = refused.slice(0, shownRefusals).map(({ name, reason }) => `  ${name}: ${reason}`)
  const hidden = refusedCount - shown.length
  return refusedCount === 0
    ? ['Refused    none']
    : [
        `Refused    ${formatCount(refusedCount)}`,
        ...shown,
        ...(hidden > 0 ? [`  … and ${formatCount(hidden)} more`] : [])
      ]
}

function formatManifest(manifest: Manifest): string {
  const { source, count, classes, options, otherFiles } = manifest
  const lines = [
    `${source.name} (${source.kind})`,
    `Pictures   ${formatCount(count)}, imported as ${options.size} × ${options.size}, ${options.channels === 1 ? 'grey' : 'colour'}`,
    `Classes    ${classes.map((entry) => `${entry.name} ${formatCount(entry.count)}`).join(', ')}`,
    `Originals  ${formatSize(manifest.smallestOriginal)} to ${formatSize(manifest.largestOriginal)} pixels`,
    `Channels   mean ${formatMeans(manifest.channelMeans)}, deviation ${formatMeans(manifest.channelDeviations)} (in −1 … 1)`,
    ...(otherFiles === 0 ? [] : [`Others     ${formatCount(otherFiles)} files that are no pictures`]),
    ...formatRefusals(manifest)
  ]
  return `${lines.join('\n')}\n`
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .description('Say what pictures are there, and which could not be used and why.')
    .argument('<path>', 'a folder, zip, CIFAR or idx file of pictures, or "flowers"')
    .option('--size <pixels>', 'side of the imported pictures', parseWhole('--size', 16, 256), 32)
    .option('--grey', 'import them in grey')
    .addOption(
      new Option('--crop <how>', 'what makes them square').choices(['centre', 'pad', 'stretch']).default('centre')
    )
    .option('--class <class>', 'this class only; may be given several times', collect)
    .option('--json', 'print what was found as one JSON object')
    .action(async (path: string, options: DataOptions) => {
      const { size, grey, crop, json } = options
      const print = createProgressPrinter()
      const importOptions = { size, channels: grey ? (1 as const) : (3 as const), crop, classes: options.class ?? [] }
      const { manifest } = await importFrom(path, importOptions, (progress) =>
        print({ event: 'importing', ...progress })
      )
      print({ event: 'finished', step: 0, run: '', reason: 'done' })
      process.stdout.write(json ? `${JSON.stringify(manifest)}\n` : formatManifest(manifest))
    })
}
