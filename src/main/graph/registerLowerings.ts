import { arithmeticLowerings } from './lowerings/arithmetic'
import { batchMatMulLowering } from './lowerings/BatchMatMul'
import { batchToSpaceNDLowering, depthToSpaceLowering, spaceToBatchNDLowering } from './lowerings/blocks'
import { castLowering } from './lowerings/Cast'
import { concatLowering, packLowering } from './lowerings/Concat'
import { conv2DLowering } from './lowerings/Conv2D'
import { conv2DBackpropFilterLowering } from './lowerings/Conv2DBackpropFilter'
import { conv2DBackpropInputLowering } from './lowerings/Conv2DBackpropInput'
import { conv3DBackpropFilterLowering, conv3DBackpropInputLowering, conv3DLowering } from './lowerings/Conv3D'
import { bincountLowering, denseBincountLowering, searchSortedLowering } from './lowerings/counts'
import {
  depthwiseConv2dNativeBackpropFilterLowering,
  depthwiseConv2dNativeBackpropInputLowering,
  depthwiseConv2dNativeLowering,
  fusedDepthwiseConv2DLowering
} from './lowerings/DepthwiseConv2dNative'
import { diagLowering } from './lowerings/Diag'
import { divisionLowerings } from './lowerings/division'
import { einsumLowering } from './lowerings/Einsum'
import { elementwiseLowerings } from './lowerings/elementwise'
import { fusedBatchNormLowering } from './lowerings/FusedBatchNorm'
import { fusedConv2DLowering } from './lowerings/FusedConv2D'
import { fusedMatMulLowering } from './lowerings/FusedMatMul'
import { fillLowerings } from './lowerings/fills'
import { gatherNdLowering, gatherV2Lowering, oneHotLowering } from './lowerings/gathers'
import { leakyReluLowering } from './lowerings/LeakyRelu'
import { lrnGradLowering, lrnLowering } from './lowerings/lrn'
import { preluLowering } from './lowerings/Prelu'
import { mirrorPadLowering, padV2Lowering } from './lowerings/pads'
import { poolingLowerings } from './lowerings/pooling'
import { expandDimsLowering, reshapeLowering } from './lowerings/Reshape'
import { flipLeftRightLowering, reverseLowering } from './lowerings/Reverse'
import { reductionLowerings } from './lowerings/reductions'
import { resizingLowerings } from './lowerings/resizing'
import { selectLowering } from './lowerings/Select'
import { sliceLowering, splitVLowering, stridedSliceLowering, unpackLowering } from './lowerings/Slice'
import { softmaxLowering } from './lowerings/Softmax'
import { argMaxLowering, argMinLowering, cumprodLowering, cumsumLowering, topKLowering } from './lowerings/scans'
import {
  scatterNdLowering,
  sparseToDenseLowering,
  tensorScatterUpdateLowering,
  unsortedSegmentSumLowering
} from './lowerings/scatters'
import { tileLowering } from './lowerings/Tile'
import { transposeLowering } from './lowerings/Transpose'
import type { Lowering } from './trace/defineLowering'

/** Every kernel that the compiler knows. */
export const lowerings: readonly Lowering[] = [
  ...arithmeticLowerings,
  ...elementwiseLowerings,
  ...fillLowerings,
  ...divisionLowerings,
  ...poolingLowerings,
  ...reductionLowerings,
  ...resizingLowerings,
  argMaxLowering,
  argMinLowering,
  batchMatMulLowering,
  batchToSpaceNDLowering,
  bincountLowering,
  castLowering,
  concatLowering,
  conv2DBackpropFilterLowering,
  conv2DBackpropInputLowering,
  conv2DLowering,
  conv3DBackpropFilterLowering,
  conv3DBackpropInputLowering,
  conv3DLowering,
  cumprodLowering,
  cumsumLowering,
  denseBincountLowering,
  depthToSpaceLowering,
  depthwiseConv2dNativeBackpropFilterLowering,
  depthwiseConv2dNativeBackpropInputLowering,
  depthwiseConv2dNativeLowering,
  diagLowering,
  einsumLowering,
  expandDimsLowering,
  flipLeftRightLowering,
  fusedBatchNormLowering,
  fusedConv2DLowering,
  fusedDepthwiseConv2DLowering,
  fusedMatMulLowering,
  gatherNdLowering,
  gatherV2Lowering,
  leakyReluLowering,
  lrnGradLowering,
  lrnLowering,
  mirrorPadLowering,
  oneHotLowering,
  packLowering,
  padV2Lowering,
  preluLowering,
  reshapeLowering,
  reverseLowering,
  scatterNdLowering,
  searchSortedLowering,
  selectLowering,
  sliceLowering,
  softmaxLowering,
  spaceToBatchNDLowering,
  sparseToDenseLowering,
  splitVLowering,
  stridedSliceLowering,
  tensorScatterUpdateLowering,
  tileLowering,
  topKLowering,
  transposeLowering,
  unpackLowering,
  unsortedSegmentSumLowering
]
