import { z } from 'zod'
import { runConfigurationSchema } from '../../shared/config/runConfiguration'
import { initialSettings, settingChangesSchema } from '../../shared/contract/app'
import { runCardSchema, runStateSchema } from '../../shared/contract/runs'
import { engineWishSchema } from '../../shared/contract/training'
import { RememberedFile } from './rememberedFile'

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
  engine: engineWishSchema,
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
export type StudioFile = RememberedFile<Content>

/** Opens the file, or begins anew; one that can't be understood is put aside, and `onBroken` is told where. */
export const openStudioFile = (path: string, onBroken: (aside: string) => void): Promise<StudioFile> =>
  RememberedFile.open(path, { schema: contentSchema, initial }, onBroken)
