const random = 'it draws numbers that tracing would freeze: draw them outside of the step and pass them in'
const dynamicShape = 'the shape of its result depends on values, which a graph does not know'
const complexNumbers = 'graphs have no complex numbers'
const strings = 'graphs have no strings'
const noGradient = 'tfjs has no gradient for it, so no training step can use it: move pictures with pad and slice'
const morphology = 'no layer and no loss uses it'
const screen = 'it draws on a screen'

/** Kernels of tfjs that have no lowering, and why. Errors and docs/kernels.md tell the reason. */
export const refusals: ReadonlyMap<string, string> = new Map([
  ['BroadcastArgs', dynamicShape],
  ['Complex', complexNumbers],
  ['ComplexAbs', complexNumbers],
  ['CropAndResize', noGradient],
  ['Dilation2D', morphology],
  ['Dilation2DBackpropFilter', morphology],
  ['Dilation2DBackpropInput', morphology],
  ['Draw', screen],
  ['FFT', complexNumbers],
  ['IFFT', complexNumbers],
  ['Imag', complexNumbers],
  ['Multinomial', random],
  ['NonMaxSuppressionV3', dynamicShape],
  ['NonMaxSuppressionV4', dynamicShape],
  ['NonMaxSuppressionV5', dynamicShape],
  ['RaggedGather', dynamicShape],
  ['RaggedRange', dynamicShape],
  ['RaggedTensorToTensor', dynamicShape],
  ['Real', complexNumbers],
  ['RotateWithOffset', noGradient],
  ['SparseFillEmptyRows', dynamicShape],
  ['SparseReshape', dynamicShape],
  ['SparseSegmentMean', dynamicShape],
  ['SparseSegmentSum', dynamicShape],
  ['StaticRegexReplace', strings],
  ['StringNGrams', strings],
  ['StringSplit', strings],
  ['StringToHashBucketFast', strings],
  ['Transform', noGradient],
  ['Unique', dynamicShape]
])
