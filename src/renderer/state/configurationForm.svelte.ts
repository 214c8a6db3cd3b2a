import { valueAt } from '../../shared/config/fieldSchema'
import { optimizerSchema } from '../../shared/config/optimizer'
import { formatConfigurationIssues } from '../../shared/config/parse'
import { type RunConfiguration, runConfigurationSchema } from '../../shared/config/runConfiguration'
import { withValue } from '../../shared/config/settings'
import type { ErrorParts } from '../../shared/errors'
import type { FieldForm } from '../forms/fieldForm'
import { type FieldSpec, type GroupName, type GroupSpec, groupsFor } from '../forms/fieldSpecs'
import { readNumber } from '../forms/typedValue'

const toPath = (path: string): readonly string[] => path.split('.')

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Another optimiser keeps what both kinds know, as the learning rate; all else gets its defaults. */
function changeOptimizer(old: unknown, kind: string): unknown {
  const fields = typeof old === 'object' && old !== null ? Object.entries(old) : []
  const branch = optimizerSchema.options.find(({ shape }) => shape.kind.value === kind)
  const kept = fields.filter(([name]) => name !== 'kind' && branch !== undefined && name in branch.shape)
  const result = optimizerSchema.safeParse({ ...Object.fromEntries(kept), kind })
  return result.success ? result.data : optimizerSchema.parse({ kind })
}

/** A configuration being edited: each change is checked at once, against the same schema that the trainer uses. */
export class ConfigurationForm implements FieldForm {
  readonly #preset: RunConfiguration
  #draft: unknown = $state.raw()
  /** What stands in number fields while it is typed, by path. */
  #texts: Readonly<Record<string, string>> = $state.raw({})
  readonly #check = $derived.by(() => {
    const result = runConfigurationSchema.safeParse(this.#draft)
    return result.success
      ? { configuration: result.data, issues: [] }
      : { configuration: null, issues: formatConfigurationIssues(result.error, this.#draft) }
  })
  readonly #groups: readonly GroupSpec[] = $derived(groupsFor(this.#draft))

  /** @param preset what "reset" goes back to */
  constructor(preset: RunConfiguration, configuration: RunConfiguration = preset) {
    this.#preset = preset
    this.#draft = configuration
  }

  get groups(): readonly GroupSpec[] {
    return this.#groups
  }

  /** The whole, when nothing is wrong. */
  get configuration(): RunConfiguration | null {
    return this.#check.configuration
  }

  get issues(): readonly ErrorParts[] {
    return this.#check.issues
  }

  issueAt(path: string): ErrorParts | null {
    return this.issues.find(({ who }) => who === path || who.startsWith(`${path}.`)) ?? null
  }

  /** The field that stands at a path, or has a part that does. */
  fieldAt(path: string): FieldSpec | null {
    const fields = this.#groups.flatMap((group) => group.fields)
    return fields.find((field) => path === field.path || path.startsWith(`${field.path}.`)) ?? null
  }

  issueCount(group: GroupName): number {
    return this.issues.filter(({ who }) => who.startsWith(`${group}.`)).length
  }

  valueAt(path: string): unknown {
    return valueAt(this.#draft, toPath(path))
  }

  /** The text of a number field: what was typed, or else the value. */
  textAt(path: string): string {
    const value = this.valueAt(path)
    return this.#texts[path] ?? (value === null || value === undefined ? '' : String(value))
  }

  set(path: string, value: unknown): void {
    const [group = '', field] = toPath(path)
    const changesOptimizer = field === 'kind' && group.endsWith('Optimizer')
    this.#draft = changesOptimizer
      ? withValue(this.#draft, [group], changeOptimizer(valueAt(this.#draft, [group]), String(value)))
      : withValue(this.#draft, toPath(path), value)
    this.#texts = Object.fromEntries(
      Object.entries(this.#texts).filter(([typed]) => typed !== path && !(changesOptimizer && typed.startsWith(group)))
    )
  }

  type(path: string, text: string): void {
    this.set(path, readNumber(text))
    this.#texts = { ...this.#texts, [path]: text }
  }

  /** What "reset" gives: the preset's value, or the schema's default where the preset has another kind of optimiser. */
  resetValue({ path, initial }: FieldSpec): unknown {
    const value = valueAt(this.#preset, toPath(path))
    return value === undefined ? initial : value
  }

  isChanged(field: FieldSpec): boolean {
    return !isSame(this.valueAt(field.path), this.resetValue(field))
  }

  reset(field: FieldSpec): void {
    this.set(field.path, this.resetValue(field))
  }

  /** Number of fields that differ from the preset. */
  get changedCount(): number {
    return this.#groups.flatMap(({ fields }) => fields).filter((field) => this.isChanged(field)).length
  }
}
