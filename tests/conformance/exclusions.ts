/** Files of tfjs-core's tests that are not loaded. */
export interface ExcludedFiles {
  readonly files: RegExp
  readonly reason: string
  /** How many files the rule excludes; another number fails the suite. */
  readonly count: number
}

/** Specs that are run and may fail. */
export interface ExcludedSpecs {
  /** Kernels without a lowering or kinds of tensors that the compiler refuses; or what `file: name` of specs matches. */
  readonly refused?: readonly string[]
  readonly specs?: RegExp
  readonly reason: string
  /** How many failing specs the rule excludes; another number fails the suite. */
  readonly count: number
}

export const excludedFiles: readonly ExcludedFiles[] = []

export const excludedSpecs: readonly ExcludedSpecs[] = []
