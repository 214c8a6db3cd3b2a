const extensions: ReadonlySet<string> = new Set('jpg jpeg jpe jfif png gif webp tif tiff bmp dib'.split(' '))

/** The formats that Kwiat reads, by the bytes that their files begin with, in hexadecimal. */
const signatures = [
  ['JPEG', /^ffd8ff/],
  ['PNG', /^89504e470d0a1a0a/],
  ['WebP', /^52494646.{8}57454250/],
  ['GIF', /^47494638/],
  ['TIFF', /^(4949|4d4d)(2a00|002a|2b00|002b)/],
  ['BMP', /^424d/]
] as const

const signatureBytes = 12

export type PictureFormat = (typeof signatures)[number][0]

/** For messages. */
export const readableFormats = signatures.map(([format]) => format).join(', ')

/** True when the name says that it is a picture of a format that Kwiat reads. */
export const hasPictureExtension = (path: string): boolean =>
  extensions.has(path.slice(path.lastIndexOf('.') + 1).toLowerCase())

/** The format by content, since names lie; null when it is none that Kwiat reads, as SVG, which has no business here. */
export function pictureFormatOf(bytes: Uint8Array): PictureFormat | null {
  const head = Buffer.from(bytes.subarray(0, signatureBytes)).toString('hex')
  return signatures.find(([, signature]) => signature.test(head))?.[0] ?? null
}
