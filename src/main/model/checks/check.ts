import type { Severity } from '../../../shared/architecture/problems'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { InEveryLanguage } from '../../../shared/language'
import type { ArchitectureExamination } from '../examination'
import type { Finding } from '../finding'

/** What a code means: for the window, the command line and docs/model.md. */
export interface Meaning {
  /** What it finds, as a noun phrase. */
  readonly title: InEveryLanguage<string>
  /** Why it matters, in a sentence or two. */
  readonly why: InEveryLanguage<string>
}

/** What a check finds; the code is the one that it is registered under. */
export type Found = Omit<Finding, 'code' | 'severity'> & { readonly severity?: Severity }

/** Looks at the networks alone: what it finds can't be built. */
export interface BuildCheck extends Meaning {
  readonly find: (examined: ArchitectureExamination) => readonly Found[]
}

/** Memory of the computer that the run is meant for, in bytes. */
export interface MemoryFacts {
  /** Null where it is not known. */
  readonly neededBytes: number | null
  readonly freeBytes: number
  readonly totalBytes: number
  /** The largest batch that the free memory holds; null where none does or that is not known. */
  readonly fittingBatchSize: number | null
}

/** A run as it is planned. */
export interface PlannedRun extends ArchitectureExamination {
  readonly configuration: RunConfiguration
  readonly memory: MemoryFacts
}

/** Looks at the run as a whole: what it finds can be built, but trains badly or not at all. */
export interface RunCheck extends Meaning {
  /** Of what it finds, where a finding does not say otherwise. */
  readonly severity: Severity
  readonly find: (run: PlannedRun) => readonly Found[]
}
