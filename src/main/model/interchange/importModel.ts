import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { parseJson } from '../../../shared/parseJson'
import { type Imported, maxModelBytes, tooLarge, unreadable } from './imported'
import { isKwiatJson, readKwiatJson } from './kwiatJson'

/** A text and what to call it in messages. */
export interface ModelText {
  readonly name: string
  readonly text: string
}

/** @throws KwiatError `model-unreadable` */
function parse({ name, text }: ModelText): unknown {
  if (text.length > maxModelBytes) {
    throw tooLarge(name, text.length)
  }
  const value = parseJson(text)
  if (value === undefined) {
    throw unreadable(name, 'JSON', 'something else', 'choose a file that model.to_json(), tfjs or Kwiat wrote')
  }
  return value
}

/**
 * Reads networks from one text, or from two that hold one network each. What is read is data alone.
 *
 * @param base what is kept where the texts say nothing
 * @throws KwiatError `model-unreadable`, `configuration-invalid`
 */
export function importModel(texts: readonly ModelText[], base: RunConfiguration): Imported {
  const values = texts.map(parse)
  const [only] = values
  if (values.length === 1 && isKwiatJson(only)) {
    return readKwiatJson(only, base)
  }
  throw unreadable(
    texts[0]?.name ?? 'model',
    'networks as Keras, tfjs or Kwiat write them as JSON',
    'other JSON',
    'choose another file'
  )
}
