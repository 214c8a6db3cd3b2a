import type { LayerSpec } from '../../../shared/architecture/layers'
import { newLayer } from '../../../shared/architecture/newLayer'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A value of a field in a word: "4 × 4", "normal 0 0.02"; a dash for none. */
export function formatPart(value: unknown): string {
  if (Array.isArray(value)) {
    return value.flat().join(' × ')
  }
  if (isObject(value)) {
    return Object.values(value).map(formatPart).join(' ')
  }
  return value === undefined || value === null ? '–' : String(value)
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

/** What makes a layer this one: its fields that matter, by name. */
export function tellingFields(layer: LayerSpec): readonly { readonly field: string; readonly value: string }[] {
  const usual: Readonly<Record<string, unknown>> = newLayer(layer.type)
  return Object.entries(layer)
    .filter(([field, value]) => !silent.has(field) && value !== 'linear')
    .filter(([field, value]) => telling.has(field) || JSON.stringify(value) !== JSON.stringify(usual[field]))
    .map(([field, value]) => ({ field, value: formatPart(value) }))
}
