import { deflateRawSync } from 'node:zlib'
import { crc32 } from './crc32'

export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
  /** Unix mode, file type included; that of a plain file when left out. */
  readonly mode?: number
  /** The size that the archive claims, when it lies. */
  readonly claimedBytes?: number
  /** Changed after it was compressed. */
  readonly spoil?: (compressed: Buffer) => Buffer
}

const unspoiled = (compressed: Buffer): Buffer => compressed
const plainFile = 0o100644

/** A zip archive with deflated entries; it may hold names and sizes that no honest writer would write. */
export function zipBytes(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, mode = plainFile, claimedBytes = content.length, spoil = unspoiled } of entries) {
    const data = spoil(deflateRawSync(content))
    const nameBytes = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claimedBytes, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, nameBytes, data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, nameBytes)
    bodies.push(body)
    offset += body.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}
