import { z } from 'zod'
import { request } from './declare'

/** What the studio does by itself; kept between starts. */
export const studioSettingsSchema = z.strictObject({
  /** Goes on with a run by itself when its process crashed. */
  restartAfterCrash: z.boolean()
})
export type StudioSettings = z.infer<typeof studioSettingsSchema>

const appInfoSchema = z.strictObject({
  host: z.enum(['electron', 'web']),
  /** As Node's `process.platform`. */
  platform: z.string(),
  /** By name; `kwiat` is the studio's own. */
  versions: z.record(z.string(), z.string()),
  folders: z.strictObject({ pictures: z.string(), runs: z.string() }),
  /** Whether `data/choose` opens a dialog; otherwise the user types a path. */
  canChoose: z.boolean(),
  /** Whether the system's file manager can be shown a folder. */
  canReveal: z.boolean(),
  settings: studioSettingsSchema
})
export type AppInfo = z.infer<typeof appInfoSchema>

const engineReportSchema = z.strictObject({
  id: z.string(),
  description: z.string(),
  /** Why it does not work; left out where it does. */
  problem: z.string().optional()
})

const examinationSchema = z.strictObject({
  versions: z.record(z.string(), z.string()),
  system: z.string(),
  processor: z.string(),
  memory: z.strictObject({ totalBytes: z.number(), freeBytes: z.number() }),
  folders: z.strictObject({ pictures: z.string(), runs: z.string() }),
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

export const appRequests = {
  'app/info': request({ result: appInfoSchema }),
  /** Tries every engine; takes seconds. */
  'app/doctor': request({ result: examinationSchema }),
  'app/changeSettings': request({ params: studioSettingsSchema, result: studioSettingsSchema }),
  /** The newest lines, oldest first. */
  'log/read': request({ result: z.strictObject({ lines: z.array(logLineSchema) }) })
}
