import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Cancelled, KwiatError } from '../../shared/errors'
import type { HostTensor } from '../../shared/tensor'
import { standingFolder } from '../files/atomicFolder'
import { exists } from '../files/exists'
import { unlessMissing } from '../files/nodeErrors'
import type { FileDigest } from '../files/writeFile'
import { brokenFile, type Manifest, prefixOf, readManifest, type StateFile, stateFiles } from './manifest'
import { decodeSafetensors } from './safetensors'

/** A training state, or parts of it, and what its manifest says of it. */
export interface Checkpoint {
  readonly manifest: Manifest
  /** Tensors by name. */
  readonly state: Map<string, HostTensor>
}

/** So much is read and hashed at once; the event loop is free in between. */
const chunkBytes = 1 << 20

/**
 * Reads a checkpoint; every byte that is read is checked against the manifest's hashes.
 *
 * @param files the parts to read
 * @throws KwiatError `checkpoint-not-found`, `checkpoint-broken`, `checkpoint-newer`
 */
export async function readCheckpoint(folder: string, files: readonly StateFile[] = stateFiles): Promise<Checkpoint> {
  const { place, manifest } = await openCheckpoint(folder)
  const state = new Map<string, HostTensor>()
  for (const file of files) {
    const path = join(place, file)
    const bytes = new Uint8Array(manifest.files[file].bytes)
    await checkHash(path, manifest.files[file], (position) => bytes.subarray(position, position + chunkBytes))
    for (const [name, tensor] of decodeSafetensors(bytes, path).tensors) {
      if (!name.startsWith(prefixOf(file))) {
        throw brokenFile(path, `one with the tensor ${name} of another part`)
      }
      state.set(name, tensor)
    }
  }
  return { manifest, state }
}

/** Whether a checkpoint is the one that was saved, to the last byte, and if not, why. */
export type Verification =
  | { readonly whole: true; readonly manifest: Manifest }
  | { readonly whole: false; readonly error: KwiatError }

interface VerifyPorts {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void
}

/**
 * Checks every byte of a checkpoint without holding it in memory.
 *
 * @throws Cancelled
 */
export async function verifyCheckpoint(
  folder: string,
  { signal, onProgress = () => undefined }: VerifyPorts = {}
): Promise<Verification> {
  const buffer = new Uint8Array(chunkBytes)
  try {
    const { place, manifest } = await openCheckpoint(folder)
    const totalBytes = stateFiles.reduce((sum, file) => sum + manifest.files[file].bytes, 0)
    let doneBytes = 0
    for (const file of stateFiles) {
      await checkHash(join(place, file), manifest.files[file], (position) => {
        if (signal?.aborted) {
          throw new Cancelled()
        }
        onProgress({ doneBytes: doneBytes + position, totalBytes })
        return buffer
      })
      doneBytes += manifest.files[file].bytes
    }
    onProgress({ doneBytes, totalBytes })
    return { whole: true, manifest }
  } catch (error) {
    if (error instanceof KwiatError) {
      return { whole: false, error }
    }
    throw error
  }
}

/** A checkpoint whose manifest is whole and whose files have the right sizes. */
export interface OpenedCheckpoint {
  /** Where its files stand now. */
  readonly place: string
  readonly manifest: Manifest
}

/**
 * Reads a checkpoint's manifest and looks at the sizes of its files, but not into them.
 *
 * @throws KwiatError `checkpoint-not-found`, `checkpoint-broken`, `checkpoint-newer`
 */
export async function openCheckpoint(folder: string): Promise<OpenedCheckpoint> {
  const place = await standingFolder(folder)
  if (place === null) {
    throw noCheckpoint(folder)
  }
  try {
    const manifest = await readManifest(place)
    await checkSizes(place, manifest)
    return { place, manifest }
  } catch (error) {
    if (await exists(place)) {
      throw error
    }
    // Another process replaced or removed it in this moment.
    return openCheckpoint(folder)
  }
}

/** The error for a checkpoint that isn't there. */
export const noCheckpoint = (folder: string): KwiatError =>
  new KwiatError('checkpoint-not-found', {
    who: folder,
    expected: 'the folder of a checkpoint',
    actual: 'nothing',
    todo: 'look into the run’s folder “checkpoints” for those that there are'
  })

async function checkSizes(place: string, { files }: Manifest): Promise<void> {
  for (const file of stateFiles) {
    const path = join(place, file)
    const found = await unlessMissing(stat(path), null)
    if (found === null) {
      throw brokenFile(path, 'no such file')
    }
    if (found.size !== files[file].bytes) {
      throw brokenFile(path, `${found.size} bytes instead of ${files[file].bytes}`)
    }
  }
}

/** Reads a file into the buffers that `bufferAt` gives for each position, and compares its hash. */
async function checkHash(
  path: string,
  expected: FileDigest,
  bufferAt: (position: number) => Uint8Array
): Promise<void> {
  const hash = createHash('sha256')
  const handle = await open(path, 'r')
  try {
    let position = 0
    while (position < expected.bytes) {
      const buffer = bufferAt(position)
      const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, position)
      if (bytesRead === 0) {
        break
      }
      hash.update(buffer.subarray(0, bytesRead))
      position += bytesRead
    }
  } finally {
    await handle.close()
  }
  if (hash.digest('hex') !== expected.sha256) {
    throw brokenFile(path, 'one with other bytes in it (its SHA-256 differs)')
  }
}
