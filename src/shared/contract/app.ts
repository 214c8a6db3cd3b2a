import { z } from 'zod'
import { languageSchema } from '../language'
import { request } from './declare'
import { adapterSchema, engineReportSchema } from './engines'
import { runCardSchema } from './runs'

/** What the studio does by itself; kept between starts. */
const settingFields = {
  /** Goes on with a run by itself when its process crashed. */
  restartAfterCrash: z.boolean(),
  /** Of menus and dialogs; null until the window told its own. */
  language: languageSchema.nullable(),
  /** Threads of one operator for new runs; null leaves it to the engine. */
  threads: z.int().min(1).max(256).nullable(),
  /** Name of the preset that new runs begin with; null for the one made for the flowers. */
  preset: z.string().nullable(),
  /** A folder whose node_modules have TensorFlow's package; null for none. */
  tensorflowFolder: z.string().min(1).nullable()
}
const studioSettingsSchema = z.strictObject(settingFields)
/** Some of them. */
export const settingChangesSchema = z.strictObject({
  restartAfterCrash: settingFields.restartAfterCrash.exactOptional(),
  language: settingFields.language.exactOptional(),
  threads: settingFields.threads.exactOptional(),
  preset: settingFields.preset.exactOptional(),
  tensorflowFolder: settingFields.tensorflowFolder.exactOptional()
})
export type SettingChanges = z.infer<typeof settingChangesSchema>
export const initialSettings: StudioSettings = {
  restartAfterCrash: false,
  language: null,
  threads: null,
  preset: null,
  tensorflowFolder: null
}
export type StudioSettings = z.infer<typeof studioSettingsSchema>

const appInfoSchema = z.strictObject({
  host: z.enum(['electron', 'web']),
  /** As Node's `process.platform`. */
  platform: z.string(),
  /** By name; `kwiat` is the studio's own. */
  versions: z.record(z.string(), z.string()),
  folders: z.strictObject({ pictures: z.string(), runs: z.string() }),
  /** Processors that threads can run on. */
  processors: z.int().min(1),
  /** Whether `data/choose` opens a dialog; otherwise the user types a path. */
  canChoose: z.boolean(),
  /** Whether the system's file manager can be shown a folder. */
  canReveal: z.boolean(),
  settings: studioSettingsSchema
})
export type AppInfo = z.infer<typeof appInfoSchema>

const examinationSchema = z.strictObject({
  versions: z.record(z.string(), z.string()),
  system: z.string(),
  processor: z.string(),
  memory: z.strictObject({ totalBytes: z.number(), freeBytes: z.number() }),
  folders: z.strictObject({ pictures: z.string(), runs: z.string() }),
  /** Empty where the system tells of none. */
  adapters: z.array(adapterSchema),
  engines: z.array(engineReportSchema)
})
export type Examination = z.infer<typeof examinationSchema>

export const logLineSchema = z.strictObject({
  /** Grows by one a line. */
  number: z.int().min(0),
  /** ISO 8601 in UTC. */
  time: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  /** The run it is about; null for the studio itself. */
  run: z.string().nullable(),
  text: z.string()
})
export type LogLine = z.infer<typeof logLineSchema>

/** A run that was opened by its path; `checkpoint` when the path led to one of its checkpoints. */
export const openedRunSchema = z.strictObject({ run: runCardSchema, checkpoint: z.boolean() })
export type OpenedRun = z.infer<typeof openedRunSchema>

const storageSchema = z.strictObject({
  /** The folder in which runs and imported pictures are kept. */
  folder: z.string(),
  /** On its disk; null where nobody knows. */
  freeBytes: z.number().min(0).nullable(),
  /** Of imported pictures; they can be made again from their sources. */
  pictureBytes: z.number().min(0)
})
export type Storage = z.infer<typeof storageSchema>

export const appRequests = {
  'app/info': request({ result: appInfoSchema }),
  /** Tries every engine; takes seconds. */
  'app/doctor': request({ result: examinationSchema }),
  /** Changes those that are given. */
  'app/changeSettings': request({ params: settingChangesSchema, result: studioSettingsSchema }),
  /**
   * Opens what the user gave: a run's folder, its run.json, or one of its checkpoints, wherever it lies. Null for all
   * else, which are pictures.
   */
  'app/open': request({ params: z.strictObject({ path: z.string().min(1) }), result: openedRunSchema.nullable() }),
  /** What the app was started with, once; null when it was started with nothing. */
  'app/startedWith': request({ result: openedRunSchema.nullable() }),
  'storage/read': request({ result: storageSchema }),
  /** New runs and imports go to the folder from now on; earlier runs stay where they are, and are listed. */
  'storage/change': request({ params: z.strictObject({ folder: z.string().min(1) }), result: storageSchema }),
  /** Removes imported pictures that no run in training reads. */
  'storage/clearPictures': request({ result: storageSchema }),
  /** The newest lines, oldest first. */
  'log/read': request({ result: z.strictObject({ lines: z.array(logLineSchema) }) })
}
