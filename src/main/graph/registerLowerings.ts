import { batchMatMulLowering } from './lowerings/BatchMatMul'
import { castLowering } from './lowerings/Cast'
import { elementwiseLowerings } from './lowerings/elementwise'
import { sumLowering } from './lowerings/Sum'
import type { Lowering } from './trace/defineLowering'

/** Every kernel that the compiler knows. */
export const lowerings: readonly Lowering[] = [...elementwiseLowerings, batchMatMulLowering, castLowering, sumLowering]
