import { join } from 'node:path'
import { recordOf } from '../../shared/records'
import type { HostTensor } from '../../shared/tensor'
import { type AddFile, ensureFolder, writeFolder } from '../files/atomicFolder'
import { type Disk, nodeDisk } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import type { FileDigest } from '../files/writeFile'
import { checkpointsFolder, stepName } from './checkpointPaths'
import {
  type CheckpointFacts,
  createManifest,
  encodeManifest,
  manifestFile,
  prefixOf,
  type StateFile,
  stateFiles
} from './manifest'
import { encodeSafetensors } from './safetensors'

/** A whole training state at one step and what is known of it. */
export interface CheckpointContents extends CheckpointFacts {
  /** All tensors by name: "generator/…", "discriminator/…", "ema/…", "optimizer/…". Must not change while it is written. */
  readonly state: ReadonlyMap<string, HostTensor>
}

/**
 * Writes `checkpoints/step-<step>` in the run folder, in the place of the one that may be there. Whatever happens, a
 * reader finds the old one, the new one or, if there was none, none. The bytes of the tensors' files depend on the
 * tensors and the step alone.
 *
 * @returns the new checkpoint's folder
 * @throws KwiatError `disk-full`, `disk-unwritable`; nothing of the new checkpoint is left then
 */
export async function writeCheckpoint(
  runFolder: string,
  { state, ...facts }: CheckpointContents,
  disk: Disk = nodeDisk
): Promise<string> {
  const folder = join(checkpointsFolder(runFolder), stepName(facts.step))
  const files = encodeState(state, facts.step)
  const task = {
    task: `saving checkpoint ${stepName(facts.step)}`,
    folder: runFolder,
    bytes: byteLengthOf(Object.values(files).flat()),
    safe: 'the checkpoints saved before are whole'
  }
  await explainDiskFaults(task, disk, async () => {
    await ensureFolder(checkpointsFolder(runFolder), disk)
    await writeFolder(folder, (add) => addFiles(add, files, facts), disk)
  })
  return folder
}

/** The manifest is written last, since it holds the hashes of the others. */
async function addFiles(
  add: AddFile,
  files: Readonly<Record<StateFile, readonly Uint8Array[]>>,
  facts: CheckpointFacts
): Promise<void> {
  const digests = recordOf(stateFiles, (): FileDigest => ({ bytes: 0, sha256: '' }))
  for (const file of stateFiles) {
    digests[file] = await add(file, files[file])
  }
  await add(manifestFile, [encodeManifest(createManifest(facts, digests))])
}

function encodeState(state: ReadonlyMap<string, HostTensor>, step: number): Record<StateFile, Uint8Array[]> {
  const groups = recordOf(stateFiles, () => new Map<string, HostTensor>())
  for (const [name, tensor] of state) {
    const file = stateFiles.find((candidate) => name.startsWith(prefixOf(candidate)))
    if (file === undefined) {
      throw new Error(`writeCheckpoint: ${name} belongs to none of ${stateFiles.map(prefixOf).join(', ')}`)
    }
    groups[file].set(name, tensor)
  }
  return recordOf(stateFiles, (file) => encodeSafetensors(groups[file], { kwiat: stepName(step) }))
}

const byteLengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.byteLength, 0)
