import type { ErrorParts } from '../../shared/errors'
import type { FieldSpec } from './fieldSpecs'

/** What a field's control needs of the thing that is edited, be it a configuration or a layer. */
export interface FieldForm {
  valueAt(path: string): unknown
  /** The text of a field that one types into: what was typed, or else the value. */
  textAt(path: string): string
  /** What is wrong with what was typed; null for nothing. */
  issueAt(path: string): ErrorParts | null
  set(path: string, value: unknown): void
  type(path: string, text: string): void
  /** What "reset" gives. */
  resetValue(field: FieldSpec): unknown
  isChanged(field: FieldSpec): boolean
  reset(field: FieldSpec): void
}
