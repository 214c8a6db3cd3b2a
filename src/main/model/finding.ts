import type { Edit } from '../../shared/architecture/edits'
import type { ProblemCode, Severity } from '../../shared/architecture/problems'
import type { Role } from '../../shared/architecture/roles'
import type { InEveryLanguage } from '../../shared/language'

/** What was expected at a place, what is there (noun phrases), and what one can do (an imperative without a full stop). */
export interface MisfitText {
  readonly expected: string
  readonly actual: string
  readonly todo: string
}

/** A change that mends a problem, with the text of its button. */
export interface Repair {
  readonly label: InEveryLanguage<string>
  readonly edits: readonly Edit[]
}

/** One thing that is wrong with a configuration's networks, in every language. */
export interface Finding {
  readonly code: ProblemCode
  readonly severity: Severity
  /** Null for what is wrong with the run as a whole. */
  readonly network: Role | null
  /** Of the layer that it stands on; null for the network or the run. */
  readonly position: number | null
  readonly text: InEveryLanguage<MisfitText>
  readonly repair: Repair | null
}
