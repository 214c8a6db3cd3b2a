import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** A file that goes into an archive. */
export interface ZipEntry {
  /** With "/" between folders. */
  readonly path: string
  /** Its size where that is known beforehand; the writer fails where it proves to be another. */
  readonly bytes?: number
  /** Weights and pictures hardly become smaller. */
  readonly compress: boolean
  readonly content: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** Entries bear no time, so that equal contents give equal archives. */
const mtime = new Date(1980, 0, 1)

/** The bytes of a zip archive, made while they are read: no file is held in memory. */
export async function* zipFiles(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream
  if (!(output instanceof Readable)) {
    throw new Error('yazl: expected a stream of Node')
  }
  const opened: Readable[] = []
  // The library leaves it to its caller to notice what an entry's content fails with.
  const fail = (error: Error) => output.destroy(error)
  zip.on('error', fail)
  for (const { path, bytes, compress, content } of entries) {
    const options = { mtime, mode: 0o100644, compress, ...(bytes === undefined || compress ? {} : { size: bytes }) }
    zip.addReadStreamLazy(path, options, (give) => {
      const stream = Readable.from(content(), { objectMode: false }).on('error', fail)
      opened.push(stream)
      give(null, stream)
    })
  }
  zip.end()
  try {
    yield* output
  } finally {
    // Where the reader stopped early, files would stay open.
    for (const stream of opened) {
      stream.destroy()
    }
  }
}

/** All of a small archive. */
export async function zipBytes(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of zipFiles(entries)) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
