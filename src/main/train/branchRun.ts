import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Difference, describeDifference, differencesBetween } from '../../shared/config/differences'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import { KwiatError } from '../../shared/errors'
import type { HostTensor } from '../../shared/tensor'
import type { Checkpoint } from '../checkpoints/readCheckpoint'
import { readCheckpoint } from '../checkpoints/readCheckpoint'
import {
  createRun,
  metricsPath,
  openRun,
  type Run,
  samplePath,
  sampleSteps,
  samplesFolder
} from '../checkpoints/runFolder'
import { writeCheckpoint } from '../checkpoints/writeCheckpoint'
import { flowersName } from '../data/detectSource'
import { ensureFolder } from '../files/atomicFolder'
import { nodeDisk } from '../files/disk'
import { unlessMissing } from '../files/nodeErrors'
import { writeFile } from '../files/writeFile'
import { lengthThrough } from '../metrics/metricsFile'
import { initialState } from '../step/initialState'
import { versions } from './versions'

export interface BranchRequest {
  /** Folder of the checkpoint that the branch begins as a copy of. */
  readonly from: string
  readonly configuration: RunConfiguration
  /** Path of other pictures, or "flowers"; those of the run when left out. */
  readonly data?: string | undefined
  readonly runsFolder: string
  readonly name: string
  /** Six hexadecimal digits; drawn when left out. */
  readonly id?: string | undefined
}

export interface Branch {
  readonly run: Run
  /** The settings that were changed. */
  readonly changes: readonly Difference[]
  /** What does not go on where it stood. */
  readonly notices: readonly string[]
}

/**
 * Makes a run that begins as a copy of a checkpoint: its state, its step, the metrics and sample grids up to it. It goes
 * on like any run, but with other settings. What the new settings need and the checkpoint doesn't have (the slots of
 * another optimiser) begins as in a new run. The folder appears with all of that or not at all.
 *
 * @throws KwiatError `run-not-found`, `checkpoint-not-found`, `checkpoint-broken`, `run-mismatch` for another architecture, `disk-full`,
 * `disk-unwritable`
 */
export async function branchRun({
  from: folder,
  configuration,
  data,
  runsFolder,
  name,
  id
}: BranchRequest): Promise<Branch> {
  const from = await openRun(folder)
  const changes = differencesBetween(from.file.configuration, configuration)
  checkArchitecture(from, changes)
  const checkpoint = await readCheckpoint(folder)
  const { step, kimg, metrics } = checkpoint.manifest
  const adopted = adoptState(checkpoint, from.file.configuration, configuration)
  const { engine, threads } = from.file
  const facts = {
    id,
    name,
    configuration,
    data: dataOf(from, changes, data),
    engine,
    threads,
    versions,
    origin: { run: from.file.id, name: from.file.name, step, changes: [...changes] }
  }
  const run = await createRun(runsFolder, facts, nodeDisk, async (unfinished) => {
    await copyHistory(from.folder, unfinished, step)
    await writeCheckpoint(unfinished, { step, kimg, metrics, configuration, engine, versions, state: adopted.state })
  })
  return { run, changes, notices: adopted.notices }
}

function checkArchitecture({ folder }: Run, changes: readonly Difference[]): void {
  const [first] = changes.filter(({ path }) => path.startsWith('architecture.'))
  if (first !== undefined) {
    throw new KwiatError('run-mismatch', {
      who: `a branch of ${folder}`,
      expected: 'the same networks, since it goes on with their weights',
      actual: `other ones (${describeDifference(first)})`,
      todo: 'leave the architecture as it is, or start a new run'
    })
  }
}

/** Settings that decide which bytes an import holds. */
const importSettings = ['data.crop', 'data.classes']

function dataOf({ file }: Run, changes: readonly Difference[], data: string | undefined) {
  const source = data === undefined || data === flowersName ? (data ?? file.data.source) : resolve(data)
  const isSame =
    source === file.data.source &&
    !changes.some(({ path }) => importSettings.some((setting) => path.startsWith(setting)))
  return { source, fingerprint: isSame ? file.data.fingerprint : null }
}

type Adopted = { readonly state: Map<string, HostTensor>; readonly notices: readonly string[] }

const optimizers = [
  { field: 'generatorOptimizer', prefix: 'optimizer/generator/', who: 'generator' },
  { field: 'discriminatorOptimizer', prefix: 'optimizer/discriminator/', who: 'discriminator' }
] as const

/** The checkpoint's tensors where they still mean the same, and those of a new run for the others. */
function adoptState({ state: saved }: Checkpoint, before: RunConfiguration, after: RunConfiguration): Adopted {
  const restarted = optimizers.filter(({ field }) => before[field].kind !== after[field].kind)
  const state = initialState(after)
  const fresh: string[] = []
  for (const name of state.keys()) {
    const tensor = saved.get(name)
    if (tensor === undefined || restarted.some(({ prefix }) => name.startsWith(prefix))) {
      fresh.push(name)
    } else {
      state.set(name, tensor)
    }
  }
  const notices = optimizers
    .filter(({ prefix }) => fresh.some((name) => name.startsWith(prefix)))
    .map(
      ({ field, who }) =>
        `The ${who}’s optimiser (${after[field].kind}) begins anew: the checkpoint has no such averages.`
    )
  return { state, notices }
}

/** The lines of metrics and the sample grids up to a step. */
async function copyHistory(from: string, to: string, step: number): Promise<void> {
  const length = await lengthThrough(metricsPath(from), step)
  if (length > 0) {
    await writeFile(metricsPath(to), createReadStream(metricsPath(from), { end: length - 1 }), nodeDisk)
  }
  for (const sample of (await sampleSteps(from)).filter((other) => other <= step)) {
    await ensureFolder(samplesFolder(to))
    await unlessMissing(copyFile(samplePath(from, sample), samplePath(to, sample)), undefined)
  }
}
