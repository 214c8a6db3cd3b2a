import { z } from 'zod'
import { KwiatError } from '../../shared/errors'
import { parseJson } from '../../shared/parseJson'
import { keysOf } from '../../shared/records'
import { type DataType, type HostTensor, sizeOf, type TensorData, type TensorSpec } from '../../shared/tensor'

/**
 * The safetensors format (https://github.com/huggingface/safetensors, README "Format"): eight bytes with the length N
 * of the header as a little-endian integer, N bytes of JSON, then the tensors' bytes, little-endian and row-major, each
 * at its `data_offsets` counted from the end of the header, without holes. Kwiat runs on little-endian machines only,
 * as all that its engines support are, so that memory and file hold the same bytes.
 */
interface Encoding {
  /** The format's name of the type. */
  readonly name: string
  readonly elementBytes: number
  readonly view: (buffer: ArrayBufferLike, byteOffset: number, length: number) => TensorData
}

const encodings = {
  float32: { name: 'F32', elementBytes: 4, view: (buffer, offset, length) => new Float32Array(buffer, offset, length) },
  int32: { name: 'I32', elementBytes: 4, view: (buffer, offset, length) => new Int32Array(buffer, offset, length) },
  uint8: { name: 'U8', elementBytes: 1, view: (buffer, offset, length) => new Uint8Array(buffer, offset, length) },
  bool: { name: 'BOOL', elementBytes: 1, view: (buffer, offset, length) => new Uint8Array(buffer, offset, length) }
} as const satisfies Record<DataType, Encoding>

const typeOrder = keysOf(encodings)
const dataTypes: ReadonlyMap<string, DataType> = new Map(typeOrder.map((dtype) => [encodings[dtype].name, dtype]))

/** Free texts in the header, under `__metadata__`. */
export type SafetensorsMetadata = Readonly<Record<string, string>>

const metadataKey = '__metadata__'
const lengthBytes = 8
const alignmentBytes = 8
/** The reference implementation's own limit. */
const maxHeaderBytes = 100_000_000

/**
 * The bytes of a safetensors file, in parts to be written one after the other: the header, then views of the tensors'
 * own memory. Equal tensors give equal bytes, those of the reference implementation: types with large elements come first,
 * which keeps every tensor aligned to its element, then names decide.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: SafetensorsMetadata = {}
): Uint8Array[] {
  const ordered = [...tensors].sort(byTypeThenName)
  const entries: [string, unknown][] = Object.keys(metadata).length === 0 ? [] : [[metadataKey, metadata]]
  const parts: Uint8Array[] = []
  let offset = 0
  for (const [name, tensor] of ordered) {
    checkTensor(name, tensor)
    const { buffer, byteOffset, byteLength } = tensor.data
    const end = offset + byteLength
    const dtype = encodings[tensor.dtype].name
    entries.push([name, { dtype, shape: tensor.shape, data_offsets: [offset, end] }])
    parts.push(new Uint8Array(buffer, byteOffset, byteLength))
    offset = end
  }
  return [encodeHeader(Object.fromEntries(entries)), ...parts]
}

function byTypeThenName([nameA, a]: [string, TensorSpec], [nameB, b]: [string, TensorSpec]): number {
  const difference = typeOrder.indexOf(a.dtype) - typeOrder.indexOf(b.dtype)
  return difference !== 0 ? difference : nameA < nameB ? -1 : 1
}

function checkTensor(name: string, { dtype, shape, data }: HostTensor): void {
  if (name === metadataKey) {
    throw new Error(`encodeSafetensors: a tensor can't be named ${metadataKey}`)
  }
  const size = sizeOf(shape)
  if (data.length !== size || data.BYTES_PER_ELEMENT !== encodings[dtype].elementBytes) {
    throw new Error(
      `encodeSafetensors: ${name} is ${dtype} [${shape.join(', ')}], so its data must be ${size} elements of ` +
        `${encodings[dtype].elementBytes} bytes, got ${data.length} of ${data.BYTES_PER_ELEMENT}`
    )
  }
}

function encodeHeader(header: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(header))
  const padded = Math.ceil(json.byteLength / alignmentBytes) * alignmentBytes
  const bytes = Buffer.alloc(lengthBytes + padded, ' ')
  bytes.writeBigUInt64LE(BigInt(padded))
  json.copy(bytes, lengthBytes)
  return bytes
}

const tensorEntrySchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(16),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)])
})

const headerSchema = z.record(z.string(), z.unknown())
const metadataSchema = z.record(z.string(), z.string())

/** What the header says of one tensor. */
interface Entry extends TensorSpec {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** The content of a safetensors file. */
export interface Safetensors {
  readonly tensors: Map<string, HostTensor>
  readonly metadata: SafetensorsMetadata
}

/**
 * Reads a safetensors file that is in memory. The tensors are views of `bytes`, but those that aren't aligned in it.
 *
 * @param file its path, for messages
 * @throws KwiatError `checkpoint-broken` for anything that the format doesn't allow, or an element type that Kwiat
 * doesn't have
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const dataStart = lengthBytes + headerLength(bytes, file)
  const { entries, metadata } = decodeHeader(bytes.subarray(lengthBytes, dataStart), file)
  checkOffsets(entries, bytes.byteLength - dataStart, file)
  const data = bytes.subarray(dataStart)
  const tensors = new Map(
    entries.map(({ name, dtype, shape, start, end }) => [
      name,
      { dtype, shape, data: viewOf(dtype, data.subarray(start, end)) }
    ])
  )
  return { tensors, metadata }
}

function headerLength(bytes: Uint8Array, file: string): number {
  if (bytes.byteLength < lengthBytes) {
    throw broken(file, 'a safetensors file', `only ${bytes.byteLength} bytes`)
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  const limit = Math.min(maxHeaderBytes, bytes.byteLength - lengthBytes)
  if (length > BigInt(limit)) {
    throw broken(file, `a safetensors header of at most ${limit} bytes`, `one of ${length} bytes`)
  }
  return Number(length)
}

function decodeHeader(bytes: Uint8Array, file: string): { entries: Entry[]; metadata: SafetensorsMetadata } {
  const header = headerSchema.safeParse(parseJson(new TextDecoder().decode(bytes)))
  if (!header.success) {
    throw broken(file, 'a safetensors header in JSON', 'something else')
  }
  const metadata = metadataSchema.safeParse(header.data[metadataKey] ?? {})
  if (!metadata.success) {
    throw broken(file, `texts in ${metadataKey}`, 'something else')
  }
  const entries = Object.entries(header.data)
    .filter(([name]) => name !== metadataKey)
    .map(([name, entry]) => decodeEntry(name, entry, file))
  return { entries, metadata: metadata.data }
}

function decodeEntry(name: string, entry: unknown, file: string): Entry {
  const parsed = tensorEntrySchema.safeParse(entry)
  if (!parsed.success) {
    throw broken(file, `dtype, shape and data_offsets of tensor ${name}`, 'something else')
  }
  const { shape, data_offsets: offsets } = parsed.data
  const dtype = dataTypes.get(parsed.data.dtype)
  if (dtype === undefined) {
    throw broken(
      file,
      `tensor ${name} to have one of the element types ${[...dataTypes.keys()].join(', ')}`,
      parsed.data.dtype
    )
  }
  const [start, end] = offsets
  const needed = sizeOf(shape) * encodings[dtype].elementBytes
  if (end - start !== needed) {
    throw broken(file, `${needed} bytes for tensor ${name} of shape [${shape.join(', ')}]`, `${end - start}`)
  }
  return { name, dtype, shape, start, end }
}

/** The tensors must follow each other without hole or overlap, from the first byte to the last. */
function checkOffsets(entries: readonly Entry[], dataBytes: number, file: string): void {
  let position = 0
  for (const { name, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== position) {
      throw broken(file, `tensor ${name} to begin at byte ${position} of the data`, `byte ${start}`)
    }
    position = end
  }
  if (position !== dataBytes) {
    throw broken(file, `${position} bytes of data`, `${dataBytes}`)
  }
}

function viewOf(dtype: DataType, bytes: Uint8Array): TensorData {
  const { elementBytes, view } = encodings[dtype]
  const aligned = bytes.byteOffset % elementBytes === 0 ? bytes : bytes.slice()
  return view(aligned.buffer, aligned.byteOffset, aligned.byteLength / elementBytes)
}

const broken = (file: string, expected: string, actual: string): KwiatError =>
  new KwiatError('checkpoint-broken', {
    who: file,
    expected,
    actual,
    todo: 'use another checkpoint, or put the file back from a copy'
  })
