import { type Header, pack } from 'tar-stream'

export type TarEntry = Partial<Header> & { readonly name: string; readonly content?: string | Uint8Array }

/** A tar archive; it may hold names that no honest writer would write. */
export async function tarBytes(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack()
  for (const { content, ...header } of entries) {
    if (content === undefined) {
      archive.entry(header)
    } else {
      archive.entry(header, content)
    }
  }
  archive.finalize()
  const parts: Uint8Array[] = []
  for await (const part of archive) {
    parts.push(part instanceof Uint8Array ? part : Buffer.from(String(part)))
  }
  return Buffer.concat(parts)
}
