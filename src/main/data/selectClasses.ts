import { KwiatError } from '../../shared/errors'

/** Classes that a message names; more would hide its point. */
const namedAtMost = 20

/**
 * The classes that were asked for, in the order in which they are available; all of them when none was named.
 *
 * @throws KwiatError `class-unknown` naming what there is
 */
export function selectClasses(who: string, available: readonly string[], wanted: readonly string[]): string[] {
  const unknown = wanted.find((name) => !available.includes(name))
  if (unknown !== undefined) {
    const more = available.length > namedAtMost ? ` and ${available.length - namedAtMost} more` : ''
    throw new KwiatError('class-unknown', {
      who,
      expected: `a class among ${available.slice(0, namedAtMost).join(', ')}${more}`,
      actual: `"${unknown}"`,
      todo: 'choose one of those, or none to use all'
    })
  }
  return wanted.length === 0 ? [...available] : available.filter((name) => wanted.includes(name))
}
