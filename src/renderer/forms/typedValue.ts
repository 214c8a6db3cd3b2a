import type { FieldSpec, NumbersSpec } from './fieldSpecs'

/**
 * The number that a text means, with a point or a comma, an empty text null; the text itself when it means none, so
 * that the check can say so.
 */
export function readNumber(text: string): number | string | null {
  const trimmed = text.trim().replace(',', '.')
  if (trimmed === '') {
    return null
  }
  const value = Number(trimmed)
  return Number.isNaN(value) ? text : value
}

/** Numbers between spaces, commas or ×. */
function readNumbers(text: string, { isList }: NumbersSpec): unknown {
  const words = text.split(/[\s,;×x]+/).filter((word) => word !== '')
  const numbers = words.map(Number)
  if (numbers.some(Number.isNaN)) {
    return text
  }
  const [first] = numbers
  if (first === undefined) {
    return null
  }
  if (numbers.length === 1 && !isList) {
    return first
  }
  // Borders of four sides stand in pairs.
  return numbers.length === 4 && !isList ? [numbers.slice(0, 2), numbers.slice(2)] : numbers
}

/** What a text in a field means; null where it is empty. */
export function readTyped(spec: FieldSpec, text: string): unknown {
  switch (spec.kind) {
    case 'numbers':
      return readNumbers(text, spec)
    case 'text':
      return text.trim() === '' ? null : text.trim()
    default:
      return readNumber(text)
  }
}

/** A value as one would type it. */
export const formatTyped = (value: unknown): string =>
  value === null || value === undefined ? '' : [value].flat(2).join(', ')
