import { KwiatError } from '../../shared/errors'

/** Rows of equal length. */
export interface LatentRows {
  readonly count: number
  readonly latentSize: number
  /** `[count, latentSize]` */
  readonly latents: Float32Array
}

const magic = Buffer.from('\x93NUMPY', 'latin1')
/** Magic, two bytes of version, two of the header's length. */
const prefixBytes = magic.length + 4
const alignmentBytes = 64

/**
 * NumPy's .npy, format version 1.0 (NEP 1): float32, little-endian, row by row.
 */
export function encodeNpy({ count, latentSize, latents }: LatentRows): Uint8Array {
  const facts = `{'descr': '<f4', 'fortran_order': False, 'shape': (${count}, ${latentSize}), }`
  const length = Math.ceil((prefixBytes + facts.length + 1) / alignmentBytes) * alignmentBytes - prefixBytes
  const header = Buffer.alloc(prefixBytes + length, ' ')
  magic.copy(header)
  header.set([1, 0], magic.length)
  header.writeUInt16LE(length, magic.length + 2)
  header.write(facts, prefixBytes, 'latin1')
  header.write('\n', header.length - 1, 'latin1')
  return Buffer.concat([header, Buffer.from(latents.buffer, latents.byteOffset, latents.byteLength)])
}

const headerPattern =
  /^\{\s*'descr':\s*'(?<type>[^']+)',\s*'fortran_order':\s*(?<fortran>True|False),\s*'shape':\s*\((?<shape>[\d,\s]*)\),?\s*\}\s*$/

const readers: Readonly<
  Record<string, { readonly bytes: number; readonly read: (data: DataView, at: number) => number }>
> = {
  '<f4': { bytes: 4, read: (data, at) => data.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (data, at) => data.getFloat64(at, true) }
}

export const isNpy = (bytes: Uint8Array): boolean => magic.equals(bytes.subarray(0, magic.length))

/**
 * Reads a .npy of one row or of several: float32 or float64, little-endian, in C order, versions 1.0 to 3.0.
 *
 * @param name for messages
 * @throws KwiatError `latents-invalid` for everything else
 */
export function decodeNpy(bytes: Uint8Array, name: string): LatentRows {
  const wrong = (actual: string) =>
    new KwiatError('latents-invalid', {
      who: name,
      expected: 'a NumPy file of float32 or float64, little-endian, of shape (count, size)',
      actual,
      todo: 'save it with numpy.save(file, latents.astype("<f4"))'
    })
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isNpy(bytes) || bytes.length < prefixBytes + 2) {
    throw wrong('something else')
  }
  // The length takes two bytes in version 1 and four later.
  const isFirstVersion = bytes[magic.length] === 1
  const start = isFirstVersion ? prefixBytes : prefixBytes + 2
  const end = start + (isFirstVersion ? data.getUint16(magic.length + 2, true) : data.getUint32(magic.length + 2, true))
  const facts = headerPattern.exec(Buffer.from(bytes.subarray(start, end)).toString('latin1'))?.groups
  if (facts === undefined) {
    throw wrong('a header that Kwiat doesn’t understand')
  }
  const reader = readers[facts.type!]
  const shape = facts.shape!.split(',').flatMap((text) => (text.trim() === '' ? [] : Number(text)))
  if (reader === undefined || facts.fortran === 'True' || shape.length < 1 || shape.length > 2) {
    throw wrong(`${facts.type}, shape (${facts.shape})${facts.fortran === 'True' ? ', in Fortran order' : ''}`)
  }
  const [count, latentSize] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!]
  if (bytes.length - end !== count * latentSize * reader.bytes || count * latentSize === 0) {
    throw wrong(`${bytes.length - end} bytes of numbers for the shape (${facts.shape})`)
  }
  const latents = Float32Array.from({ length: count * latentSize }, (_, i) => reader.read(data, end + i * reader.bytes))
  return { count, latentSize, latents }
}
