import { arithmeticLowerings } from './lowerings/arithmetic'
import { batchMatMulLowering } from './lowerings/BatchMatMul'
import { castLowering } from './lowerings/Cast'
import { concatLowering, packLowering } from './lowerings/Concat'
import { conv2DLowering } from './lowerings/Conv2D'
import { conv2DBackpropFilterLowering } from './lowerings/Conv2DBackpropFilter'
import { conv2DBackpropInputLowering } from './lowerings/Conv2DBackpropInput'
import { elementwiseLowerings } from './lowerings/elementwise'
import { fusedBatchNormLowering } from './lowerings/FusedBatchNorm'
import { fusedConv2DLowering } from './lowerings/FusedConv2D'
import { fusedMatMulLowering } from './lowerings/FusedMatMul'
import { fillLowerings } from './lowerings/fills'
import { leakyReluLowering } from './lowerings/LeakyRelu'
import { preluLowering } from './lowerings/Prelu'
import { expandDimsLowering, reshapeLowering } from './lowerings/Reshape'
import { reductionLowerings } from './lowerings/reductions'
import { selectLowering } from './lowerings/Select'
import { sliceLowering, splitVLowering, unpackLowering } from './lowerings/Slice'
import { logSoftmaxLowering, softmaxLowering } from './lowerings/softmax'
import { tileLowering } from './lowerings/Tile'
import { transposeLowering } from './lowerings/Transpose'
import type { Lowering } from './trace/defineLowering'

/** Every kernel that the compiler knows. */
export const lowerings: readonly Lowering[] = [
  ...arithmeticLowerings,
  ...elementwiseLowerings,
  ...fillLowerings,
  ...reductionLowerings,
  batchMatMulLowering,
  castLowering,
  concatLowering,
  conv2DBackpropFilterLowering,
  conv2DBackpropInputLowering,
  conv2DLowering,
  expandDimsLowering,
  fusedBatchNormLowering,
  fusedConv2DLowering,
  fusedMatMulLowering,
  leakyReluLowering,
  logSoftmaxLowering,
  packLowering,
  preluLowering,
  reshapeLowering,
  selectLowering,
  sliceLowering,
  softmaxLowering,
  splitVLowering,
  tileLowering,
  transposeLowering,
  unpackLowering
]
