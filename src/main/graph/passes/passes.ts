import type { Pass } from '../ir/pass'
import { foldConstants } from './foldConstants'
import { simplify } from './simplify'
import { sinkTransposes } from './sinkTransposes'

/** In the order in which they run. */
export const passes: readonly Pass[] = [foldConstants, simplify, sinkTransposes, simplify]
