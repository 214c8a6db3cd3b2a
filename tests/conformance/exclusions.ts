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

export const excludedFiles: readonly ExcludedFiles[] = [
  {
    files: /^(?!ops\/|optimizers\/|gradients$|tensor$|variable$)/,
    reason: 'not op tests: loading and saving, platforms, flags, registries and other machinery of tfjs-core',
    count: 35
  },
  {
    files: /^ops\/(axis_util|broadcast_util|concat_util|conv_util|dropout_util|operation|slice_util)$/,
    reason: 'arithmetic of shapes in JavaScript, which no backend computes',
    count: 7
  },
  {
    files: /^ops\/(multinomial|rand|random_\w+|truncated_normal)$/,
    reason: 'random numbers: a step may not draw any, it gets them as inputs',
    count: 8
  }
]

export const excludedSpecs: readonly ExcludedSpecs[] = []
