import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { runConfigurationSchema } from '../../shared/config/runConfiguration'
import { initialSettings, settingChangesSchema } from '../../shared/contract/app'
import { runCardSchema, runStateSchema } from '../../shared/contract/runs'
import { engineChoiceSchema } from '../../shared/contract/training'
import { parseJson } from '../../shared/parseJson'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'

/** A run that was asked for and has no folder yet. */
const draftSchema = z.strictObject({
  name: z.string(),
  configuration: runConfigurationSchema,
  data: z.string(),
  created: z.string()
})
export type RunDraft = z.infer<typeof draftSchema>

/** What the studio knows of a run beyond its folder. */
const runNoteSchema = z.strictObject({
  state: runStateSchema,
  problem: runCardSchema.shape.problem,
  engine: engineChoiceSchema,
  /** Total iterations to reach, where it differs from the run's configuration. */
  steps: z.int().min(1).nullable(),
  draft: draftSchema.nullable(),
  isDeleted: z.boolean()
})
export type RunNote = z.infer<typeof runNoteSchema>

const contentSchema = z.strictObject({
  format: z.literal('kwiat-studio'),
  formatVersion: z.literal(1),
  /** Those that a later Kwiat added have their initial values. */
  settings: settingChangesSchema.transform((settings) => ({ ...initialSettings, ...settings })),
  /** Paths that the user chose as data. */
  chosenPaths: z.array(z.string()),
  /** Folders of runs that lie elsewhere and were opened by their path. */
  linkedRuns: z.array(z.string()).default([]),
  /** By the run's id. */
  notes: z.record(z.string(), runNoteSchema)
})
type Content = Readonly<z.infer<typeof contentSchema>>

const initial: Content = {
  format: 'kwiat-studio',
  formatVersion: 1,
  settings: initialSettings,
  chosenPaths: [],
  linkedRuns: [],
  notes: {}
}

/** What the studio remembers from one start to the next, as `studio.json`. */
export class StudioFile {
  readonly #path: string
  #content: Content
  #lastSave: Promise<void> = Promise.resolve()

  private constructor(path: string, content: Content) {
    this.#path = path
    this.#content = content
  }

  /** Opens the file, or begins anew; one that can't be understood is put aside, and `onBroken` is told where. */
  static async open(path: string, onBroken: (aside: string) => void): Promise<StudioFile> {
    await mkdir(dirname(path), { recursive: true })
    const text = await unlessMissing(readFile(path, 'utf8'), null)
    const parsed = text === null ? null : contentSchema.safeParse(parseJson(text))
    if (parsed?.success === false) {
      await rename(path, `${path}.broken`)
      onBroken(`${path}.broken`)
    }
    return new StudioFile(path, parsed?.data ?? initial)
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
