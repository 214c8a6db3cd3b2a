/** Files of tfjs-core's tests that are not loaded. */
export interface ExcludedFiles {
  readonly files: RegExp
  readonly reason: string
  /** How many files the rule excludes; another number fails the suite. */
  readonly count: number
}

/** Specs that are run and do not pass. */
export interface ExcludedSpecs {
  /** Excludes specs in which the compiler refused one of these: kernels without a lowering, kinds of tensors. */
  readonly refused?: readonly string[]
  /** Excludes specs by `file: name`. */
  readonly specs?: RegExp
  readonly reason: string
  /** How many specs the rule excludes, none of which an earlier rule does; another number fails the suite. */
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
    reason: 'random numbers: a step draws none, it gets them as inputs',
    count: 8
  }
]

export const excludedSpecs: readonly ExcludedSpecs[] = [
  {
    refused: ['Complex'],
    reason: 'complex numbers and Fourier transforms: no layer, loss or optimiser computes with them',
    count: 110
  },
  {
    refused: ['string tensors'],
    specs: /^(ops\/fill: .* string|ops\/squeeze: |tensor: tensor\.toString .* string)/,
    reason: 'strings: a step computes with numbers',
    count: 118
  },
  {
    refused: ['SparseFillEmptyRows', 'SparseReshape', 'SparseSegmentMean', 'SparseSegmentSum', 'RaggedRange'],
    specs: /^ops\/ragged_(gather|tensor_to_tensor): /,
    reason: 'sparse and ragged tensors, whose shapes depend on values',
    count: 100
  },
  {
    refused: ['BroadcastArgs', 'Unique'],
    reason: 'shapes that are computed or depend on values: those of a compiled graph are fixed',
    count: 14
  },
  {
    refused: ['CropAndResize', 'NonMaxSuppressionV3', 'NonMaxSuppressionV4', 'NonMaxSuppressionV5'],
    reason: 'boxes of detected objects: no layer has them',
    count: 36
  },
  {
    refused: ['Dilation2D', 'RotateWithOffset', 'Transform'],
    reason: 'operations on pictures that no layer has',
    count: 24
  },
  {
    specs: /^ops\/(draw|from_pixels): /,
    reason: 'canvases and pictures of browsers',
    count: 23
  },
  {
    refused: ['synchronous reads'],
    reason: 'values read synchronously: onnxruntime answers asynchronously, as other specs expect of the same tensors',
    count: 22
  },
  {
    specs: /^ops\/(max: max return NaNs|min: min return NaNs|max_pool_with_argmax: .* ignores NaNs)$/,
    reason:
      'NaN among the numbers of a maximum: onnxruntime skips it, tfjs gives NaN, or skips it where onnxruntime does not',
    count: 3
  },
  {
    specs: /^ops\/step: .*(propagates NaNs|1d tensor and alpha)$/,
    reason:
      'the step at NaN, here that of negative numbers: a second comparison in the gradient of every relu buys nothing',
    count: 2
  },
  {
    specs: /^ops\/(exp: exp int32|tan: tan numbers exceed float32 precision)$/,
    reason:
      'the last bit of a float32: the function is 2·10⁴ or more and the tolerance 10⁻³, less than one step of float32',
    count: 2
  },
  {
    specs: /^ops\/gather: gather throws when index is out of bound$/,
    reason: 'an index out of bounds is found when the graph runs, not when it is built',
    count: 1
  },
  {
    specs: /^ops\/einsum: einsum mismatched dimensions throws error$/,
    reason: 'the error is thrown, in the words of the compiler instead of those of tfjs',
    count: 1
  },
  {
    specs:
      /^ops\/(avg_pool_3d: avgPool3d x=\[1,1,1,1,1\] f=\[2,2,2\] s=1 p=2|pool: .* p=1 fractional outputs default rounding)$/,
    reason:
      'borders as wide as the window of a pooling: onnxruntime has none, and layers make none (`same` or `valid`)',
    count: 3
  },
  {
    specs: /^ops\/conv2d_transpose: .* input=8x8x8,output=4x4x8/,
    reason: 'an output of 4×4 that no convolution with stride 1 and padding `same` turns into the 8×8 input',
    count: 1
  }
]
