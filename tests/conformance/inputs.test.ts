import { describeConformance } from './describeConformance'

/** Everything that a spec computes is computed by onnxruntime, with its own fusions, as in a training step. */
describeConformance({ target: 'cpu', written: 'inputs', optimization: 'all' })
