import { parseJson } from '../parseJson'

/**
 * Messages as text, for transports that carry nothing else: JSON in which bytes stand as {"$bytes": base64}. Where there
 * is structured cloning, messages cross as they are.
 */
export const encodeFrame = (message: unknown): string =>
  JSON.stringify(message, function (this: Readonly<Record<string, unknown>>, key, value: unknown) {
    // A Node Buffer turns itself into a list of numbers before `value` gets here; its holder still has it.
    const held = this[key]
    return held instanceof Uint8Array ? { $bytes: toBase64(held) } : value
  })

/** The message of a frame; undefined when it isn't one. */
export function decodeFrame(text: string): unknown {
  return revive(parseJson(text))
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(revive)
  }
  if (typeof value !== 'object' || value === null) {
    return value
  }
  if ('$bytes' in value && typeof value.$bytes === 'string') {
    return fromBase64(value.$bytes)
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]))
}

/** So many bytes become one call's arguments; engines bound their number. */
const chunkBytes = 0x8000

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    text += String.fromCharCode(...bytes.subarray(from, from + chunkBytes))
  }
  return btoa(text)
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
