import type { RunCard, RunState } from '../../shared/contract/runs'
import type { Run } from '../checkpoints/runFolder'
import type { RunProgress } from './runLibrary'
import { runNotFound } from './runNotFound'
import type { RunDraft, RunNote } from './studioFile'

/** All that is known of a run. */
export interface KnownRun {
  readonly id: string
  /** Null before its folder is made. */
  readonly saved: { readonly run: Run; readonly progress: RunProgress } | null
  /** Null for a run that the studio never trained. */
  readonly note: RunNote | null
  readonly queuePosition: number | null
  /** What the trainer told, while it trains. */
  readonly live: { readonly step: number | null } | null
}

const notSaved: RunProgress = { newestCheckpoint: null, newestSample: null, updated: new Date(0) }

function stateOf({ live, queuePosition, note }: KnownRun, step: number, totalSteps: number): RunState {
  if (live !== null) {
    return 'running'
  }
  if (queuePosition !== null) {
    return 'queued'
  }
  return note?.state ?? (step >= totalSteps ? 'done' : 'stopped')
}

/**
 * Name, settings and data of a run, from its folder or from what was asked for.
 *
 * @throws KwiatError `run-not-found` when there is neither
 */
export function planOf(id: string, run: Run | null, note: RunNote | null): RunDraft {
  if (run !== null) {
    const { name, configuration, data, created } = run.file
    return { name, configuration, data: data.source, created }
  }
  if (note === null || note.draft === null) {
    throw runNotFound(id)
  }
  return note.draft
}

/** @throws KwiatError `run-not-found` when there is neither a folder nor a plan of it */
export function runCardOf(known: KnownRun): RunCard {
  const { id, saved, note, queuePosition, live } = known
  const { name, configuration, data, created } = planOf(id, saved?.run ?? null, note)
  const { newestCheckpoint, newestSample, updated } = saved?.progress ?? notSaved
  const step = live?.step ?? newestCheckpoint ?? 0
  const totalSteps = note?.steps ?? configuration.schedule.steps
  return {
    id,
    folder: saved?.run.folder ?? null,
    name,
    preset: configuration.preset,
    data,
    state: stateOf(known, step, totalSteps),
    problem: live === null && queuePosition === null ? (note?.problem ?? null) : null,
    queuePosition,
    step,
    totalSteps,
    newestSample,
    newestCheckpoint,
    created,
    updated: saved === null ? created : updated.toISOString()
  }
}
