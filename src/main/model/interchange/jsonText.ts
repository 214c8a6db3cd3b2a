import { parseJson } from '../../../shared/parseJson'
import { maxModelBytes, tooLarge, unreadable } from './imported'

// More than any network has. What goes beyond was made to do harm, and would keep the checks busy for minutes.
const maxDepth = 64
const maxItems = 1000
const maxNodes = 50_000
/** Some stand in texts. */
const maxCommas = 2 * maxNodes
const crowd = `a list of more than ${maxItems} items, or more than ${maxNodes} values`

const childrenOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : []

/** Walks the value without recursion, and no further than the limits. */
function excessOf(root: unknown): string | null {
  let nodes = 0
  let level: readonly unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length
    if (depth > maxDepth) {
      return `more than ${maxDepth} levels, one in the other`
    }
    if (nodes > maxNodes || level.some((value) => childrenOf(value).length > maxItems)) {
      return crowd
    }
    level = level.flatMap(childrenOf)
  }
  return null
}

/** Whether the text has more commas than a value within the limits could; parsing a million objects takes a second. */
function isCrowded(text: string): boolean {
  let commas = 0
  for (let at = text.indexOf(','); at >= 0 && commas <= maxCommas; at = text.indexOf(',', at + 1)) {
    commas++
  }
  return commas > maxCommas
}

const tooMuch = (who: string, actual: string) =>
  unreadable(who, 'the description of two networks', actual, 'choose another file')

/**
 * The value of a text that describes networks.
 *
 * @param who names the text in messages
 * @throws KwiatError `model-unreadable` for what is not JSON, or more of it than any network needs
 */
export function parseModelJson(who: string, text: string): unknown {
  if (text.length > maxModelBytes) {
    throw tooLarge(who, text.length)
  }
  if (isCrowded(text)) {
    throw tooMuch(who, crowd)
  }
  const value = parseJson(text)
  if (value === undefined) {
    throw unreadable(who, 'JSON', 'something else', 'choose a file that model.to_json(), tfjs or Kwiat wrote')
  }
  const excess = excessOf(value)
  if (excess !== null) {
    throw tooMuch(who, excess)
  }
  // model.to_json() gives a text, which some write as JSON once more.
  return typeof value === 'string' ? parseModelJson(who, value) : value
}
