import sharp from 'sharp'
import { crc32 } from './crc32'

export type Rgb = readonly [red: number, green: number, blue: number]

export const red: Rgb = [255, 0, 0]
export const green: Rgb = [0, 255, 0]
export const blue: Rgb = [0, 0, 255]

/** Pixels [height, width, 3] by their place. */
export function pixelsOf(width: number, height: number, colourAt: (x: number, y: number) => Rgb): Buffer {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(colourAt(x, y), 3 * (y * width + x))
    }
  }
  return pixels
}

/** A picture by its places' colours, to be encoded by the caller. */
export const picture = (width: number, height: number, colourAt: (x: number, y: number) => Rgb) =>
  sharp(pixelsOf(width, height, colourAt), { raw: { width, height, channels: 3 } })

/** A PNG file of one colour. */
export const plainPng = (size: number, colour: Rgb): Promise<Buffer> =>
  picture(size, size, () => colour)
    .png()
    .toBuffer()

/** A PNG file whose header claims a size that its data doesn't have. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', Buffer.alloc(0)),
    pngChunk('IEND', Buffer.alloc(0))
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, sum])
}

/** A JPEG file whose frame header (SOF0) claims another size. */
export async function jpegClaiming(width: number, height: number): Promise<Buffer> {
  const file = await picture(16, 16, () => red)
    .jpeg()
    .toBuffer()
  const frame = file.indexOf(Buffer.from('ffc0', 'hex'))
  file.writeUInt16BE(height, frame + 5)
  file.writeUInt16BE(width, frame + 7)
  return file
}

interface BmpOptions {
  readonly width: number
  /** Negative for rows from top to bottom. */
  readonly height: number
  readonly bitsPerPixel: 8 | 16 | 24 | 32
  readonly compression?: number
  readonly palette?: readonly Rgb[]
  /** Rows in the order of the file, each padded to a multiple of four bytes. */
  readonly rows: readonly (readonly number[])[]
}

/** A BMP file with the usual 40-byte header. */
export function bmpFile({ width, height, bitsPerPixel, compression = 0, palette = [], rows }: BmpOptions): Buffer {
  const header = Buffer.alloc(54)
  header.write('BM', 'latin1')
  header.writeUInt32LE(54 + 4 * palette.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(width, 18)
  header.writeInt32LE(height, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(bitsPerPixel, 28)
  header.writeUInt32LE(compression, 30)
  header.writeUInt32LE(palette.length, 46)
  const colours = palette.flatMap(([r, g, b]) => [b, g, r, 0])
  const padded = rows.map((row) => [...row, ...Array.from({ length: (4 - (row.length % 4)) % 4 }, () => 0)])
  return Buffer.concat([header, Buffer.from(colours), ...padded.map((row) => Buffer.from(row))])
}
