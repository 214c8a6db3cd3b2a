import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import h5wasm, { Dataset, FS, Group } from 'h5wasm/node'
import { float32, type HostTensor } from '../../../../shared/tensor'

/** A group of an HDF5 file that is being written. */
export interface Hdf5Group {
  group(name: string): Hdf5Group
  text(name: string, value: string): void
  tensor(name: string, tensor: HostTensor): void
}

/** The library works on files on the disk; each call has one of its own. */
const temporaryName = (): string => join(tmpdir(), `kwiat-${randomUUID()}.h5`)

async function fileSystem(): Promise<NonNullable<typeof FS>> {
  await h5wasm.ready
  return FS!
}

const wrap = (group: Group): Hdf5Group => ({
  group: (name) => wrap(group.create_group(name)),
  text: (name, value) => group.create_attribute(name, value),
  tensor: (name, { data, shape }) => {
    group.create_dataset({ name, data: Float32Array.from(data), shape: [...shape], dtype: '<f4' })
  }
})

/** The bytes of the HDF5 file that `write` fills. */
export async function encodeHdf5(write: (root: Hdf5Group) => void): Promise<Uint8Array> {
  const files = await fileSystem()
  const fileName = temporaryName()
  const file = new h5wasm.File(fileName, 'w')
  try {
    write(wrap(file))
  } finally {
    file.close()
  }
  const bytes = files.readFile(fileName)
  files.unlink(fileName)
  return bytes
}

/** A set of numbers in an HDF5 file. */
interface Hdf5Tensor {
  /** From the root, without a leading "/". */
  readonly path: string
  readonly tensor: HostTensor
}

/** What is in an HDF5 file: its tensors of floats, and the texts at groups. */
export interface Hdf5Content {
  readonly tensors: readonly Hdf5Tensor[]
  /** The attribute `name` of groups, by the groups' paths. */
  readonly names: ReadonlyMap<string, string>
}

/** Groups may stand within one another; deeper ones than any model has are not followed. */
const maxDepth = 16

/** Bytes that an HDF5 file begins with. */
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

/**
 * Reads all tensors of an HDF5 file in memory; links to other files and to nowhere are passed over.
 *
 * @returns null when the bytes are no HDF5 file
 */
export async function decodeHdf5(bytes: Uint8Array): Promise<Hdf5Content | null> {
  // The library prints pages to stderr about anything else.
  if (!signature.every((byte, i) => bytes[i] === byte)) {
    return null
  }
  const files = await fileSystem()
  const fileName = temporaryName()
  files.writeFile(fileName, bytes)
  try {
    const file = new h5wasm.File(fileName, 'r')
    const content = { tensors: [] as Hdf5Tensor[], names: new Map<string, string>() }
    try {
      collect(file, '', 0, content)
    } finally {
      file.close()
    }
    return content
  } catch {
    return null
  } finally {
    files.unlink(fileName)
  }
}

function collect(
  group: Group,
  path: string,
  depth: number,
  content: { tensors: Hdf5Tensor[]; names: Map<string, string> }
): void {
  const name = group.attrs.name?.value
  if (typeof name === 'string') {
    content.names.set(path, name)
  }
  for (const key of group.keys()) {
    const entity = group.get(key)
    const inner = path === '' ? key : `${path}/${key}`
    if (entity instanceof Dataset) {
      const tensor = tensorOf(entity)
      content.tensors.push(...(tensor === null ? [] : [{ path: inner, tensor }]))
    } else if (entity instanceof Group && depth < maxDepth) {
      collect(entity, inner, depth + 1, content)
    }
  }
}

/** Null for what holds no floats. */
function tensorOf(dataset: Dataset): HostTensor | null {
  const value = dataset.value
  const shape = dataset.shape ?? []
  if (value instanceof Float32Array) {
    return float32(value, shape)
  }
  return value instanceof Float64Array ? float32(Float32Array.from(value), shape) : null
}
