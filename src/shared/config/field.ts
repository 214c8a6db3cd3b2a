import { z } from 'zod'

/** What a form, a `--help` text and an error say about a field, besides its range and default, which the schema holds. */
export interface FieldNote {
  /** One line: what the value does. */
  readonly meaning: string
  /** Unit after the number, as "steps" or "pictures"; left out where there is none. */
  readonly unit?: string
}

interface NumberNote<Default extends number | undefined> extends FieldNote {
  readonly min: number
  readonly max: number
  readonly default?: Default
}

/** A whole number in [min, max]. */
export const whole = (note: NumberNote<number>) =>
  withNote(
    z
      .int()
      .min(note.min)
      .max(note.max)
      .default(note.default ?? note.min),
    note
  )

/** A real number in [min, max]. */
export const real = (note: NumberNote<number>) =>
  withNote(
    z
      .number()
      .min(note.min)
      .max(note.max)
      .default(note.default ?? note.min),
    note
  )

/** A real number in [min, max], or null for "off", which is the default. */
export const optionalReal = (note: NumberNote<undefined>) =>
  withNote(z.number().min(note.min).max(note.max).nullable().default(null), note)

/** Yes or no. */
export const flag = (note: FieldNote & { readonly default: boolean }) =>
  withNote(z.boolean().default(note.default), note)

/** One of a few words. */
export const choice = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  note: FieldNote & { readonly default: Options[number] }
) => withNote(z.enum(options).default(note.default), note)

/** Adds meaning and unit to a schema; `z.toJSONSchema` and the forms read them back. */
export function withNote<Schema extends z.ZodType>(schema: Schema, note: FieldNote): Schema {
  const { meaning, unit } = note
  return schema.meta(unit === undefined ? { description: meaning } : { description: meaning, unit })
}
