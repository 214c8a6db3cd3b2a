import { z } from 'zod'

const nothing = z.undefined()

/**
 * What a request takes, gives, and tells on its way, each as the schema that its other side checks it with. A part that
 * is left out is nothing.
 */
export const request = <
  Params extends z.ZodType = typeof nothing,
  Result extends z.ZodType = typeof nothing,
  Progress extends z.ZodType = z.ZodNever
>(parts: {
  readonly params?: Params
  readonly result?: Result
  readonly progress?: Progress
}) => ({
  params: (parts.params ?? nothing) as Params,
  result: (parts.result ?? nothing) as Result,
  progress: (parts.progress ?? z.never()) as Progress
})

/** Bytes, as those of a PNG: each transport carries them as it can. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Expected bytes')
