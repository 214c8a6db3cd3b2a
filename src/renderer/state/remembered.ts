import type { z } from 'zod'
import { parseJson } from '../../shared/parseJson'

const keyOf = (name: string): string => `kwiat.${name}`

/** What this window remembered under `name`, or `fallback` where that is missing, of another form or out of reach. */
export function recall<Value>(name: string, schema: z.ZodType<Value>, fallback: Value): Value {
  try {
    const result = schema.safeParse(parseJson(localStorage.getItem(keyOf(name)) ?? ''))
    return result.success ? result.data : fallback
  } catch {
    // Storage is denied in some browsers; the window then starts as new each time.
    return fallback
  }
}

/** Keeps a value for the next start; quietly not, where the browser denies it. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value))
  } catch {
    // As above.
  }
}
