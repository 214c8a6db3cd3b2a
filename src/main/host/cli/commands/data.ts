import { type Command, Option } from 'commander'
import type { Manifest } from '../../../data/import/manifest'
import { importFrom } from '../../../services/datasets'
import { collect, parseWhole } from '../options'
import { formatCount } from '../output/format'
import { printJsonLine } from '../output/json'
import { createProgressLine } from '../output/progressLine'
import { importFigures } from '../output/reporter'
import { stopOnInterrupt } from '../stopOnInterrupt'

interface DataOptions {
  readonly size: number
  readonly grey?: boolean
  readonly crop: Manifest['options']['crop']
  readonly class?: readonly string[]
  readonly json?: boolean
}

const help = `
Examples:
  kwiat data photos/
  kwiat data cifar-10-binary.tar.gz --class frog
  kwiat data train-images-idx3-ubyte.gz --grey

Folders in the folder or archive are the classes. A picture that can't be read is left out and listed with the reason.
With --json the one line on stdout has "event": "data", count, classes, refusedCount, refused (name, code, reason) and
what else the import's manifest.json holds.`

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

/** Imports with a progress line; Ctrl-C ends it without leaving anything half-written. */
async function importWithProgress(path: string, options: Manifest['options']): Promise<Manifest> {
  const line = createProgressLine(process.stderr)
  const stop = stopOnInterrupt()
  line.start('Importing')
  try {
    const { manifest } = await importFrom(path, options, {
      signal: stop.signal,
      onProgress: (progress) => line.update(progress.done, progress.total ?? progress.done, importFigures(progress))
    })
    return manifest
  } finally {
    line.stop()
    stop.dispose()
  }
}

async function showData(path: string, { size, grey, crop, class: classes = [], json }: DataOptions): Promise<void> {
  const manifest = await importWithProgress(path, { size, channels: grey ? 1 : 3, crop, classes: [...classes] })
  if (json) {
    printJsonLine({ event: 'data', ...manifest })
  } else {
    process.stdout.write(formatManifest(manifest))
  }
}

export function addDataCommand(program: Command): void {
  program
    .command('data')
    .description('Say what pictures are there, and which could not be used and why.')
    .argument('<path>', 'a folder, zip, CIFAR or idx file of pictures, or "flowers"')
    .option('--size <pixels>', 'side of the imported pictures', parseWhole(16, 256), 32)
    .option('--grey', 'import them in grey')
    .addOption(
      new Option('--crop <how>', 'what makes them square').choices(['centre', 'pad', 'stretch']).default('centre')
    )
    .option('--class <class>', 'this class only; may be given several times', collect)
    .option('--json', 'print what was found as one JSON object')
    .addHelpText('after', help)
    .action(showData)
}
