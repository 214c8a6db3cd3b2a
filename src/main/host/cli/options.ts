import { InvalidArgumentError } from 'commander'

/** A parser of whole numbers in [min, max] for an option. */
export const parseWhole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`)
    }
    return value
  }

/** A parser of numbers in [min, max] for an option. */
export const parseReal =
  (min: number, max: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`)
    }
    return value
  }

/** A parser of whole numbers in [min, max] with commas between them for an option. */
export const parseWholes =
  (min: number, max: number) =>
  (text: string): number[] =>
    text.split(',').map(parseWhole(min, max))

/** Gathers the values of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]
