import { InvalidArgumentError } from 'commander'

/** A parser of whole numbers in [min, max] for an option. */
export const parseWhole =
  (option: string, min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`${option}: expected a whole number from ${min} to ${max}, got ${text}.`)
    }
    return value
  }
