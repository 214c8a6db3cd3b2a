import { z } from 'zod'
import { errorCodes } from '../errors'

const callId = z.int().min(0)

/** What a window says to its host. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: callId, name: z.string(), params: z.unknown().optional() }),
  z.strictObject({ type: z.literal('cancel'), id: callId })
])
export type ClientMessage = z.infer<typeof clientMessageSchema>

/** An error, as `serializeError` takes it apart. */
export const serializedErrorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('kwiat'),
    code: z.enum(errorCodes),
    parts: z.strictObject({ who: z.string(), expected: z.string(), actual: z.string(), todo: z.string() }),
    stack: z.string().exactOptional()
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
  z.strictObject({ kind: z.literal('bug'), message: z.string(), stack: z.string().exactOptional() })
])

/** What a host says to a window: each call ends in one result or one failure. */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('result'), id: callId, value: z.unknown().optional() }),
  z.strictObject({ type: z.literal('failure'), id: callId, error: serializedErrorSchema }),
  z.strictObject({ type: z.literal('progress'), id: callId, value: z.unknown() }),
  z.strictObject({ type: z.literal('event'), name: z.string(), value: z.unknown() })
])
export type HostMessage = z.infer<typeof hostMessageSchema>

/** The way of a window's messages to its host and back; what comes is checked by who listens. */
export interface Transport {
  send(message: ClientMessage): void
  /** To be called once. `onClosed` is called when the host is gone for good. */
  listen(onMessage: (message: unknown) => void, onClosed: () => void): void
}
