/** The value of a JSON text; undefined, which no JSON text stands for, when it isn't one. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
