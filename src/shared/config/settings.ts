import { fieldNamesAt, type Path, valueAt } from './fieldSchema'
import { parseRunConfiguration } from './parse'
import { type RunConfiguration, type RunConfigurationInput, runConfigurationSchema } from './runConfiguration'

/** A copy of `container` with the value at `path` replaced; what is missing on the way is made an object. */
export function withValue(container: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) {
    return value
  }
  const next = withValue(valueAt(container, [key]), rest, value)
  if (Array.isArray(container)) {
    return Object.assign([...container], { [key]: next })
  }
  return typeof container === 'object' ? { ...container, [key]: next } : { [key]: next }
}

const toPath = (path: string): Path => path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))

/** JSON where it is JSON, the text itself otherwise: 64, true, null, ["frog"], minimax. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Another "kind" or "type" has other fields: those of the old one are dropped, unless the new one has them too. */
function withoutForeignFields(input: unknown, path: Path): unknown {
  const parent = path.slice(0, -1)
  const known = fieldNamesAt(input, parent)
  const fields = Object.entries(valueAt(input, parent) ?? {}).filter(([name]) => known.includes(name))
  return withValue(input, parent, Object.fromEntries(fields))
}

/**
 * The configuration with one field set from text, as `--set schedule.batchSize=64` does. List items are reached by
 * position: `architecture.generator.0.units`.
 *
 * @throws KwiatError `configuration-invalid` that names the field, what may stand there, and what came
 */
export function applySetting(configuration: RunConfigurationInput, path: string, value: string): RunConfiguration {
  const place = toPath(path)
  const isTag = place.at(-1) === 'kind' || place.at(-1) === 'type'
  const candidates = [parseValue(value), value].map((candidate) => {
    const changed = withValue(configuration, place, candidate)
    return isTag ? withoutForeignFields(changed, place) : changed
  })
  // "32" may be meant as text where text is asked for.
  const fitting = candidates.find((candidate) => runConfigurationSchema.safeParse(candidate).success)
  return parseRunConfiguration(fitting ?? candidates[0])
}
