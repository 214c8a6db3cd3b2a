import { z } from 'zod'
import { appRequests, logLineSchema } from './app'
import { dataRequests } from './data'
import { presetRequests } from './presets'
import { runCardSchema, runRequests, trainerHealthSchema } from './runs'
import { trainingEventSchema } from './training'

/**
 * Everything that the window can ask of its host. A request is declared here once; the client, the table of handlers
 * and the tests' mock are derived from it.
 */
export const studioRequests = { ...appRequests, ...presetRequests, ...dataRequests, ...runRequests }

/** Everything that the host tells the window by itself. */
const studioEvents = {
  'run/changed': z.strictObject({ run: runCardSchema }),
  'run/removed': z.strictObject({ id: z.string() }),
  /** What the run in training told since the last time, in order; at most ten times a second. */
  'run/event': z.strictObject({ id: z.string(), events: z.array(trainingEventSchema) }),
  /** Ids of the run that trains and of those that wait, next first. */
  'queue/changed': z.strictObject({ running: z.string().nullable(), queued: z.array(z.string()) }),
  'log/line': logLineSchema,
  'trainer/health': trainerHealthSchema,
  /** The user chose a command of the native menu. */
  'menu/command': z.strictObject({ command: z.enum(['new-run', 'open-data', 'pause', 'stop', 'settings', 'log']) })
}

export type RequestName = keyof typeof studioRequests
type Requests = typeof studioRequests
/** What a caller gives; fields with a default may be left out. */
export type ParamsInput<Name extends RequestName> = z.input<Requests[Name]['params']>
/** What a handler gets. */
export type Params<Name extends RequestName> = z.output<Requests[Name]['params']>
export type Result<Name extends RequestName> = z.output<Requests[Name]['result']>
export type Progress<Name extends RequestName> = z.output<Requests[Name]['progress']>

export type EventName = keyof typeof studioEvents
export type EventPayload<Name extends EventName> = z.output<(typeof studioEvents)[Name]>

/** `studioRequests`, so typed that looking up by a generic name keeps the name's types. */
export const requestSchemas: {
  readonly [Name in RequestName]: {
    readonly params: z.ZodType<Params<Name>>
    readonly result: z.ZodType<Result<Name>>
    readonly progress: z.ZodType<Progress<Name>>
  }
} = studioRequests

export const eventSchemas: { readonly [Name in EventName]: z.ZodType<EventPayload<Name>> } = studioEvents

export const isRequestName = (name: string): name is RequestName => Object.hasOwn(studioRequests, name)
export const isEventName = (name: string): name is EventName => Object.hasOwn(studioEvents, name)
