import { z } from 'zod'
import { appRequests, logLineSchema, openedRunSchema } from './app'
import { branchRequests, checkpointEvents, checkpointRequests } from './checkpoints'
import type { Client } from './client'
import type { Contract, ExchangesOf, PayloadsOf } from './contract'
import { dataRequests } from './data'
import type { HandlersOf } from './dispatcher'
import { engineRequests } from './engines'
import { exploreRequests } from './explore'
import { exportRequests } from './exports'
import { modelRequests } from './model'
import { presetRequests } from './presets'
import { runCardSchema, runRequests, trainerHealthSchema } from './runs'
import { trainingEventSchema } from './training'

/**
 * Everything that the window can ask of its host. A request is declared here once; the client, the table of handlers
 * and the tests' mock are derived from it.
 */
const studioRequests = {
  ...appRequests,
  ...engineRequests,
  ...presetRequests,
  ...modelRequests,
  ...dataRequests,
  ...runRequests,
  ...branchRequests,
  ...checkpointRequests,
  ...exploreRequests,
  ...exportRequests
}

/** Everything that the host tells the window by itself. */
const studioEvents = {
  ...checkpointEvents,
  'run/changed': z.strictObject({ run: runCardSchema }),
  'run/removed': z.strictObject({ id: z.string() }),
  /** What the run in training told since the last time, in order; at most ten times a second. */
  'run/event': z.strictObject({ id: z.string(), events: z.array(trainingEventSchema) }),
  /** Ids of the run that trains and of those that wait, next first. */
  'queue/changed': z.strictObject({ running: z.string().nullable(), queued: z.array(z.string()) }),
  'log/line': logLineSchema,
  /** A run was given to the app, as by its file in the system's file manager. */
  'app/opened': openedRunSchema,
  'trainer/health': trainerHealthSchema,
  /** The user chose a command of the native menu. */
  'menu/command': z.strictObject({ command: z.enum(['new-run', 'open-data', 'pause', 'stop', 'settings', 'log']) })
}

type StudioExchanges = ExchangesOf<typeof studioRequests>
type StudioPayloads = PayloadsOf<typeof studioEvents>

/** What the window and its host say to each other. */
export const studioContract: Contract<StudioExchanges, StudioPayloads> = {
  requests: studioRequests,
  events: studioEvents
}

export type StudioClient = Client<StudioExchanges, StudioPayloads>
/** One handler for each request of the window. */
export type Handlers = HandlersOf<StudioExchanges>

type RequestName = keyof StudioExchanges
export type Params<Name extends RequestName> = StudioExchanges[Name]['params']
export type Result<Name extends RequestName> = StudioExchanges[Name]['result']
export type Progress<Name extends RequestName> = StudioExchanges[Name]['progress']

export type EventName = keyof StudioPayloads
export type EventPayload<Name extends EventName> = StudioPayloads[Name]
