import type { LayerSpec } from '../../../shared/architecture/layers'
import { newLayer } from '../../../shared/architecture/newLayer'

const isPlain = (value: unknown): value is number | string | boolean =>
  ['number', 'string', 'boolean'].includes(typeof value)

const formatPart = (value: unknown): string | null => {
  if (Array.isArray(value)) {
    return value.flat().join(' × ')
  }
  return isPlain(value) ? String(value) : null
}

/** The fields that a reader looks for first, whatever their value; others only where they are not as usual. */
const telling: ReadonlySet<string> = new Set([
  'units',
  'filters',
  'kernelSize',
  'rate',
  'targetShape',
  'alpha',
  'activation'
])
const silent: ReadonlySet<string> = new Set(['type', 'name', 'inputs'])

/** What makes a layer this one, in a line: "filters 128, kernelSize 4, strides 2". */
export function describeLayer(layer: LayerSpec): string {
  const usual: Readonly<Record<string, unknown>> = newLayer(layer.type)
  return Object.entries(layer)
    .filter(([name, value]) => !silent.has(name) && value !== 'linear')
    .filter(([name, value]) => telling.has(name) || JSON.stringify(value) !== JSON.stringify(usual[name]))
    .flatMap(([name, value]) => {
      const part = formatPart(value)
      return part === null ? [] : [`${name} ${part}`]
    })
    .join(', ')
}
