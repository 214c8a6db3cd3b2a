import { describeConformance } from './describeConformance'

/** The passes see all numbers and may fold them; onnxruntime may not, so that its own kernels run. */
describeConformance({ target: 'gpu', written: 'constants', optimization: 'disabled' })
