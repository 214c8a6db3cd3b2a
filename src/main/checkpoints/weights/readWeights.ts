import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { KwiatError } from '../../../shared/errors'
import { formatBytes } from '../../../shared/formatBytes'
import type { HostTensor } from '../../../shared/tensor'
import { openZipTree } from '../../data/trees/zipTree'
import { unlessMissing } from '../../files/nodeErrors'
import type { Hdf5Content } from '../export/keras/hdf5'
import { decodeSafetensors } from '../safetensors'

/** A weight of a file of another program. */
export interface ForeignWeight {
  /** What the file calls it, for messages. */
  readonly path: string
  /** The layer's name, with the network's before it where the file has one: "dense_1", "generator/dense_1". */
  readonly layer: string
  /** Keras 3 numbers a layer's weights; others name them. */
  readonly weight: string | number
  /** Keras 3's name of the layer's place: its class in snake case, numbered. */
  readonly group: string | null
  readonly tensor: HostTensor
}

/** Larger files are not read: the library for HDF5 has no more memory. */
const maxBytes = 1.5e9

const unreadable = (who: string, actual: string): KwiatError =>
  new KwiatError('model-unreadable', {
    who,
    expected: 'weights as .safetensors, .keras, .weights.h5 or .h5',
    actual,
    todo: 'save the weights in one of these formats'
  })

/**
 * Reads the weights of a safetensors file or of one that Keras saved. They are read as numbers; nothing of a file is run.
 *
 * @throws KwiatError `model-unreadable`, `checkpoint-broken`, `data-corrupt`, `data-unsafe`
 */
export async function readWeights(path: string): Promise<ForeignWeight[]> {
  const who = basename(path)
  const found = await unlessMissing(stat(path), null)
  if (!found?.isFile()) {
    throw unreadable(who, found === null ? 'nothing at this path' : 'a folder')
  }
  if (found.size > maxBytes) {
    throw unreadable(who, `${formatBytes(found.size)}, more than the ${formatBytes(maxBytes)} that are read`)
  }
  const bytes = await readFile(path)
  if (/\.safetensors$/i.test(path)) {
    return fromSafetensors(bytes, who)
  }
  return fromHdf5(isZip(bytes) ? await weightsInZip(path) : bytes, who)
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function fromSafetensors(bytes: Uint8Array, who: string): ForeignWeight[] {
  return Array.from(decodeSafetensors(bytes, who).tensors, ([path, tensor]) => {
    const end = path.lastIndexOf('/')
    return { path, layer: path.slice(0, Math.max(0, end)), weight: path.slice(end + 1), group: null, tensor }
  })
}

/** The file of weights in a `.keras` file. */
async function weightsInZip(path: string): Promise<Uint8Array> {
  const tree = await openZipTree(path)
  const parts: Uint8Array[] = []
  for await (const { bytes, chunks } of tree.read((candidate) => candidate === 'model.weights.h5')) {
    if (bytes > maxBytes) {
      throw unreadable(tree.name, `${formatBytes(bytes)} of weights`)
    }
    for await (const chunk of chunks) {
      parts.push(chunk)
    }
  }
  if (parts.length === 0) {
    throw unreadable(tree.name, 'an archive without model.weights.h5')
  }
  return Buffer.concat(parts)
}

async function fromHdf5(bytes: Uint8Array, who: string): Promise<ForeignWeight[]> {
  const { decodeHdf5 } = await import('../export/keras/hdf5')
  const content = await decodeHdf5(bytes)
  if (content === null) {
    throw unreadable(who, 'something else')
  }
  return content.tensors.flatMap(({ path, tensor }) => toKerasWeight(path, tensor, content) ?? [])
}

/** As "layers/dense_1/vars/0" (Keras 3) and "model_weights/dense_1/dense_1/kernel:0" (Keras 2); null for others, as optimisers'. */
function toKerasWeight(path: string, tensor: HostTensor, { names }: Hdf5Content): ForeignWeight | null {
  const [, group, index] = /^(?:.*\/)?layers\/([^/]+)\/vars\/(\d+)$/.exec(path) ?? []
  if (group !== undefined && !path.startsWith('optimizer/')) {
    const layer = names.get(path.slice(0, path.lastIndexOf('/'))) ?? group
    return { path, layer, weight: Number(index), group, tensor }
  }
  const [, layer, weight] = /^(?:model_weights\/)?([^/]+)\/(?:.*\/)?([^/:]+)(?::\d+)?$/.exec(path) ?? []
  return layer === undefined || weight === undefined || path.startsWith('optimizer')
    ? null
    : { path, layer, weight, group: null, tensor }
}
