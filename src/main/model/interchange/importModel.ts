import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { Imported } from './imported'
import { parseModelJson } from './jsonText'
import { readKerasJson } from './kerasJson'
import { isKwiatJson, readKwiatJson } from './kwiatJson'

/** A text and what to call it in messages. */
export interface ModelText {
  readonly name: string
  readonly text: string
}

/**
 * Reads networks from one text, or from two that hold one network each. What is read is data alone.
 *
 * @param base what is kept where the texts say nothing
 * @throws KwiatError `model-unreadable`, `configuration-invalid`
 */
export function importModel(texts: readonly ModelText[], base: RunConfiguration): Imported {
  const values = texts.map(({ name, text }) => ({ who: name, value: parseModelJson(name, text) }))
  const [only] = values
  return values.length === 1 && isKwiatJson(only?.value)
    ? readKwiatJson(only?.value, base)
    : readKerasJson(values, base)
}
