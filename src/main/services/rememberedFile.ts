import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { parseJson } from '../../shared/parseJson'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'

/** What a remembered file must be, and what it is before there is one. */
export interface RememberedFormat<Content> {
  readonly schema: z.ZodType<Content>
  readonly initial: Content
}

/** A JSON file of what the studio remembers from one start to the next. */
export class RememberedFile<Content extends object> {
  readonly #path: string
  #content: Content
  #lastSave: Promise<void> = Promise.resolve()

  private constructor(path: string, content: Content) {
    this.#path = path
    this.#content = content
  }

  /** Opens the file, or begins anew; one that can't be understood is put aside, and `onBroken` is told where. */
  static async open<Content extends object>(
    path: string,
    { schema, initial }: RememberedFormat<Content>,
    onBroken: (aside: string) => void
  ): Promise<RememberedFile<Content>> {
    await mkdir(dirname(path), { recursive: true })
    const text = await unlessMissing(readFile(path, 'utf8'), null)
    const parsed = text === null ? null : schema.safeParse(parseJson(text))
    if (parsed?.success === false) {
      await rename(path, `${path}.broken`)
      onBroken(`${path}.broken`)
    }
    return new RememberedFile(path, parsed?.data ?? initial)
  }

  get content(): Content {
    return this.#content
  }

  /** Changes what is remembered at once; it is written in the order of the changes. */
  update(change: Partial<Content>): void {
    this.#content = { ...this.#content, ...change }
    const text = `${JSON.stringify(this.#content, null, 2)}\n`
    const save = () => replaceFile(this.#path, text)
    this.#lastSave = this.#lastSave.then(save, save)
    // A failed save is reported by `flush`; the next one tries again.
    this.#lastSave.catch(() => undefined)
  }

  /** @throws when the last change could not be written */
  flush(): Promise<void> {
    return this.#lastSave
  }
}
