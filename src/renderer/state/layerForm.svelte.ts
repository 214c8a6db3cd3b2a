import { type LayerSpec, layerSchema } from '../../shared/architecture/layers'
import { newLayer } from '../../shared/architecture/newLayer'
import { valueAt } from '../../shared/config/fieldSchema'
import { withValue } from '../../shared/config/settings'
import type { ErrorParts } from '../../shared/errors'
import type { FieldForm } from '../forms/fieldForm'
import { type FieldSpec, layerFields } from '../forms/fieldSpecs'
import { formText } from '../forms/text'
import { formatTyped, readTyped } from '../forms/typedValue'

/** What the form is about. */
interface Subject {
  readonly layer: LayerSpec
  /** What "reset" goes back to; null for a layer that was added. */
  readonly original: LayerSpec | null
}

interface Typed {
  readonly text: string
  /** What the text means. */
  readonly value: unknown
  readonly issue: ErrorParts | null
  /** The layer while this was typed, as JSON: what is wrong is forgotten when it becomes another. */
  readonly layer: string
}

/** First values of the kinds of weights that have some. */
const initializerFields: Readonly<Record<string, object>> = {
  normal: { mean: 0, deviation: 0.02 },
  uniform: { low: -0.05, high: 0.05 },
  constant: { value: 0 }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** "layer.kernelInitializer.kind" → ["kernelInitializer", "kind"]. */
const toPath = (path: string): readonly string[] => path.split('.').slice(1)

/** The layer with one value changed; one that is left out is taken away, another kind of weights gets its own fields. */
function changed(layer: LayerSpec, [field = '', part]: readonly string[], value: unknown): unknown {
  if (part === 'kind') {
    return withValue(layer, [field], { kind: value, ...initializerFields[String(value)] })
  }
  if (part === undefined && value === null) {
    return Object.fromEntries(Object.entries(layer).filter(([name]) => name !== field))
  }
  return withValue(layer, part === undefined ? [field] : [field, part], value)
}

/** The fields of one layer being edited. What fits is applied at once; what doesn't stays in its field and says why. */
export class LayerForm implements FieldForm {
  readonly #subject: () => Subject
  readonly #apply: (field: string, value: unknown) => void
  #typed: Readonly<Record<string, Typed>> = $state.raw({})

  /**
   * @param subject read whenever something is asked
   * @param apply sets a field of the layer; null takes an optional one away
   */
  constructor(subject: () => Subject, apply: (field: string, value: unknown) => void) {
    this.#subject = subject
    this.#apply = apply
  }

  get fields(): readonly FieldSpec[] {
    return layerFields(this.#subject().layer)
  }

  valueAt(path: string): unknown {
    return valueAt(this.#subject().layer, toPath(path))
  }

  textAt(path: string): string {
    const typed = this.#typed[path]
    const value = this.valueAt(path)
    const counts = typed !== undefined && (this.#isWrong(typed) || isSame(typed.value ?? null, value ?? null))
    return counts ? typed.text : formatTyped(value)
  }

  issueAt(path: string): ErrorParts | null {
    const typed = this.#typed[path]
    return typed !== undefined && this.#isWrong(typed) ? typed.issue : null
  }

  set(path: string, value: unknown): void {
    this.#put(path, value, formatTyped(value))
  }

  type(path: string, text: string): void {
    const spec = this.#specAt(path)
    if (spec !== null) {
      this.#put(path, readTyped(spec, text), text)
    }
  }

  /** The value in the layer it was, or in a new one of its type; undefined for an optional field. */
  resetValue({ path, initial }: FieldSpec): unknown {
    const { layer, original } = this.#subject()
    const base = original?.type === layer.type ? original : newLayer(layer.type)
    const value = valueAt(base, toPath(path))
    return value === undefined && toPath(path).length > 1 ? initial : value
  }

  isChanged(field: FieldSpec): boolean {
    return !isSame(this.valueAt(field.path), this.resetValue(field))
  }

  reset(field: FieldSpec): void {
    this.set(field.path, this.resetValue(field) ?? null)
  }

  #specAt(path: string): FieldSpec | null {
    return this.fields.find((field) => field.path === path) ?? null
  }

  #isWrong({ issue, layer }: Typed): boolean {
    return issue !== null && layer === JSON.stringify(this.#subject().layer)
  }

  #put(path: string, value: unknown, text: string): void {
    const { layer } = this.#subject()
    const [field = ''] = toPath(path)
    const result = layerSchema.safeParse(changed(layer, toPath(path), value))
    const issue = result.success ? null : this.#issue(path, text)
    this.#typed = { ...this.#typed, [path]: { text, value, issue, layer: JSON.stringify(layer) } }
    if (result.success) {
      this.#apply(field, valueAt(result.data, [field]) ?? null)
    }
  }

  #issue(path: string, text: string): ErrorParts {
    const spec = this.#specAt(path)
    const expected = spec === null ? '' : formText.expected(spec)
    return { who: path, expected, actual: text === '' ? formText.nothing : text, todo: '' }
  }
}
