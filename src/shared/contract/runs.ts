import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { errorCodes } from '../errors'
import { bytes, request } from './declare'
import { engineWishSchema, trainingEventSchema } from './training'

export const step = z.int().min(0)
/** Six hexadecimal digits, as at the end of the run folder's name. */
export const runId = z.string().regex(/^[0-9a-f]{6}$/)
export const runName = z.string().trim().min(1).max(100)
/** ISO 8601 in UTC. */
const time = z.string()

/**
 * queued: waits for the one that trains · running · paused and stopped: ended by the user, saved · done: all steps ·
 * failed: ended by an error · crashed: its process was killed or broke down.
 */
const runStates = ['queued', 'running', 'paused', 'stopped', 'done', 'failed', 'crashed'] as const
export const runStateSchema = z.enum(runStates)
export type RunState = z.infer<typeof runStateSchema>

export const runCardSchema = z.strictObject({
  id: runId,
  /** Null until the run's folder is made, after its pictures are imported. */
  folder: z.string().nullable(),
  name: runName,
  preset: z.string(),
  /** Path of the pictures, or "flowers". */
  data: z.string(),
  state: runStateSchema,
  /** Why it failed or crashed, in words for the user. */
  problem: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).nullable(),
  /** Place in the queue from 0; null when it doesn't wait. */
  queuePosition: z.int().min(0).nullable(),
  step,
  totalSteps: step,
  /** Steps of the newest sample grid and the newest checkpoint. */
  newestSample: step.nullable(),
  newestCheckpoint: step.nullable(),
  created: time,
  updated: time
})
export type RunCard = z.infer<typeof runCardSchema>

/** The trainer's sign of life. */
export const trainerHealthSchema = z.strictObject({
  id: runId,
  /** preparing: imports and compiles · stopping: saves after the step in progress · stuck: silent for too long. */
  state: z.enum(['preparing', 'training', 'stopping', 'stuck', 'ended']),
  /** Since it was last heard of. */
  silentSeconds: z.number().min(0),
  /** Memory that the process holds; null before it told. */
  memoryBytes: z.number().min(0).nullable()
})
export type TrainerHealth = z.infer<typeof trainerHealthSchema>

/** Numbers of one series in each bucket; null where nothing finite was measured. */
const seriesSchema = z.strictObject({
  mean: z.array(z.number().nullable()),
  low: z.array(z.number().nullable()),
  high: z.array(z.number().nullable())
})

/** Metrics in at most `maxPoints` buckets of equally many lines; one line a bucket where there are few. */
const metricSeriesSchema = z.strictObject({
  /** Last step of each bucket. */
  steps: z.array(step),
  /** Seconds of training at that step. */
  seconds: z.array(z.number()),
  /** By the metric's name, as "loss/d". */
  series: z.record(z.string(), seriesSchema)
})
export type MetricSeries = z.infer<typeof metricSeriesSchema>

const oneRun = z.strictObject({ id: runId })
const card = z.strictObject({ run: runCardSchema })

export const runRequests = {
  'runs/list': request({ result: z.strictObject({ runs: z.array(runCardSchema) }) }),
  /** The run that trains now, for a window that opens in mid-training. */
  'runs/current': request({
    result: z.strictObject({
      current: z
        .strictObject({
          id: runId,
          health: trainerHealthSchema,
          /** Newest event of each kind, as "prepared" and "step". */
          events: z.array(trainingEventSchema)
        })
        .nullable()
    })
  }),
  /** Makes a run and starts it, or queues it while another trains. */
  'runs/create': request({
    params: z.strictObject({
      name: runName,
      configuration: runConfigurationSchema,
      data: z.string().min(1),
      engine: engineWishSchema
    }),
    result: card
  }),
  /** Goes on with a run from its newest checkpoint (begins it anew where it has none), or queues it. */
  'runs/start': request({
    params: z.strictObject({
      id: runId,
      /** Total iterations to reach; those of the run's configuration when left out. */
      steps: z.int().min(1).optional()
    }),
    result: card
  }),
  /** Saves and rests, to be started again; a run that waits in the queue leaves it. */
  'runs/pause': request({ params: oneRun, result: card }),
  /** Saves and ends; a run that waits in the queue leaves it. */
  'runs/stop': request({ params: oneRun, result: card }),
  /** Ends a stuck trainer at once; what was not saved is lost. */
  'runs/kill': request({ params: oneRun, result: card }),
  /** Gives a waiting run another place in the queue, 0 being the next; does nothing where it doesn't wait. */
  'runs/move': request({ params: z.strictObject({ id: runId, position: z.int().min(0) }) }),
  'runs/rename': request({ params: z.strictObject({ id: runId, name: runName }), result: card }),
  /** A run's settings, to begin another one with. */
  'runs/duplicate': request({
    params: oneRun,
    result: z.strictObject({ name: runName, configuration: runConfigurationSchema, data: z.string() })
  }),
  /** Moves a run to the trash, from which `runs/restore` takes it back. */
  'runs/delete': request({ params: oneRun }),
  'runs/restore': request({ params: oneRun, result: card }),
  'runs/metrics': request({
    params: z.strictObject({
      id: runId,
      /** Only steps after this one. */
      after: step,
      maxPoints: z.int().min(10).max(10_000)
    }),
    result: metricSeriesSchema
  }),
  'runs/samples': request({ params: oneRun, result: z.strictObject({ steps: z.array(step) }) }),
  'runs/sample': request({
    params: z.strictObject({ id: runId, step }),
    result: z.strictObject({ png: bytes })
  })
}
