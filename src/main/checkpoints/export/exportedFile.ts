/** A file of an export that is in memory, in parts to be written one after the other. */
export interface ExportedFile {
  readonly name: string
  readonly parts: readonly Uint8Array[]
}

/** A text as the bytes of a file. */
export const textFile = (name: string, text: string): ExportedFile => ({ name, parts: [Buffer.from(text)] })

/** JSON as the bytes of a file. */
export const jsonFile = (name: string, content: unknown): ExportedFile =>
  textFile(name, `${JSON.stringify(content, null, 2)}\n`)
