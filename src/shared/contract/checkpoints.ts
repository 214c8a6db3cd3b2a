import { z } from 'zod'
import { keepReasons } from '../checkpoints/retention'
import { differenceSchema } from '../config/differences'
import { outputConfigurationSchema, runConfigurationSchema } from '../config/runConfiguration'
import { errorCodes } from '../errors'
import { bytes, request } from './declare'
import { runCardSchema, runId, runName, step } from './runs'

/** ISO 8601 in UTC. */
const time = z.string()
const size = z.number().min(0)

export const checkpointSchema = z.strictObject({
  step,
  /** Thousand real pictures shown; null when the manifest can't be read. */
  kimg: z.number().min(0).nullable(),
  /** When it was saved; null when the manifest can't be read. */
  created: time.nullable(),
  /** Of all its files, in bytes. */
  bytes: size,
  /** Measured at this very step, by their stable names: see `scoreNames`. */
  scores: z.record(z.string(), z.number()),
  /** Kept whatever the rule says. */
  pinned: z.boolean(),
  /** The newest whole one, from which the run goes on. */
  isNewest: z.boolean(),
  /** The scores by which it is the best of its run. */
  bestBy: z.array(z.enum(['swd', 'msssim'])),
  /** Why the run's rule keeps it; empty when it goes with the next save. A broken one always stays. */
  keptBy: z.array(z.enum(keepReasons)),
  /** complete: its manifest is whole and its files have their sizes; `checkpoints/verify` reads every byte. */
  status: z.enum(['complete', 'broken']),
  /** Why it is broken. */
  problem: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).nullable(),
  /** When all of it was read and found whole; null when that was not done, or when it was found broken. */
  verified: time.nullable()
})
export type CheckpointCard = Readonly<z.infer<typeof checkpointSchema>>

/** Where a branch began. */
export const originSchema = z.strictObject({
  run: runId,
  name: runName,
  step,
  /** The settings that were changed. */
  changes: z.array(differenceSchema)
})

/** What was deleted together, to be taken back together. */
const trashEntrySchema = z.strictObject({
  /** Names it in `checkpoints/restore`. */
  name: z.string().regex(/^[0-9A-Za-z-]{1,40}$/),
  deleted: time,
  /** Of its checkpoints, newest first. */
  steps: z.array(step),
  bytes: size
})
export type TrashEntry = Readonly<z.infer<typeof trashEntrySchema>>

/** Which checkpoints of a run are kept. */
const ruleSchema = outputConfigurationSchema.pick({
  keepCheckpoints: true,
  keepBest: true,
  keepBestBy: true,
  keepInterval: true
})

const oneCheckpoint = z.strictObject({ id: runId, step })
const card = z.strictObject({ checkpoint: checkpointSchema })

export const checkpointRequests = {
  /** A run's checkpoints, newest step first, and what is known of them all. */
  'checkpoints/list': request({
    params: z.strictObject({ id: runId }),
    result: z.strictObject({
      checkpoints: z.array(checkpointSchema),
      /** Newest first; each is removed a month after it was deleted. */
      trash: z.array(trashEntrySchema),
      /** Null for a run that is no branch. */
      origin: originSchema.nullable(),
      rule: ruleSchema,
      /** On the disk of the run's folder; null where the system doesn't say. */
      freeBytes: size.nullable()
    })
  }),
  /** Reads every byte and compares it with what was saved. */
  'checkpoints/verify': request({
    params: oneCheckpoint,
    result: card,
    progress: z.strictObject({ doneBytes: size, totalBytes: size })
  }),
  'checkpoints/pin': request({ params: z.strictObject({ id: runId, step, pinned: z.boolean() }), result: card }),
  /** Moves a checkpoint to the run's trash. Refused for a pinned one, and for the newest one of a run that trains. */
  'checkpoints/delete': request({ params: oneCheckpoint, result: z.strictObject({ trash: trashEntrySchema }) }),
  /** Takes back what was deleted together; refused where something else stands in its place by now. */
  'checkpoints/restore': request({
    params: z.strictObject({ id: runId, trash: trashEntrySchema.shape.name }),
    result: z.strictObject({ steps: z.array(step) })
  }),
  /** Removes all that is in the run's trash, for good. */
  'checkpoints/emptyTrash': request({
    params: z.strictObject({ id: runId }),
    result: z.strictObject({ freedBytes: size })
  }),
  /** Another rule of what is kept, from the next save on. Refused while the run trains. */
  'checkpoints/setRule': request({ params: z.strictObject({ id: runId, rule: ruleSchema }) }),
  /**
   * The run's fixed latents as this checkpoint's averaged generator draws them: the sample grid of its step, or one that
   * is made now. The same layout for all checkpoints of a run.
   */
  'checkpoints/picture': request({ params: oneCheckpoint, result: z.strictObject({ png: bytes }) }),
  /** Shows a checkpoint's folder in the system's file manager. Fails where `app/info` says `canReveal: false`. */
  'checkpoints/reveal': request({ params: oneCheckpoint }),
  /** What `runs/startFrom` would move to the trash. */
  'checkpoints/after': request({
    params: oneCheckpoint,
    result: z.strictObject({
      /** Of later checkpoints, newest first. */
      steps: z.array(step),
      /** Sample grids of later steps. */
      samples: z.int().min(0),
      /** The last step that is known of the run. */
      lastStep: step,
      bytes: size
    })
  })
}

/** Requests that make a run go on otherwise than from its newest checkpoint. */
export const branchRequests = {
  /**
   * Makes a run that begins as a copy of a checkpoint and goes on with other settings, in the queue when `start` says
   * so. The architecture must be the same; an optimiser of another kind begins anew.
   */
  'runs/branch': request({
    params: z.strictObject({
      /** The run and the step that it begins from. */
      id: runId,
      step,
      name: runName,
      configuration: runConfigurationSchema,
      /** Other pictures; those of the run when left out. */
      data: z.string().min(1).exactOptional(),
      start: z.boolean().default(true)
    }),
    result: z.strictObject({
      run: runCardSchema,
      changes: z.array(differenceSchema),
      /** What does not go on where it stood, in words. */
      notices: z.array(z.string())
    })
  }),
  /** Goes on from an older checkpoint of the run itself: what came after it is moved to the trash, never overwritten. */
  'runs/startFrom': request({
    params: z.strictObject({
      id: runId,
      step,
      /** Total iterations to reach; those of the run's configuration when left out. */
      steps: z.int().min(1).exactOptional()
    }),
    result: z.strictObject({
      run: runCardSchema,
      /** Null when nothing came after it. */
      trash: trashEntrySchema.nullable()
    })
  })
}

export const checkpointEvents = {
  /** A run's checkpoints are no longer those that were listed: one was saved, removed, pinned, verified or restored. */
  'checkpoints/changed': z.strictObject({ id: runId })
}
