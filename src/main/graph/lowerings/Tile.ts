import type { TileAttrs } from '@tensorflow/tfjs-core'
import type { Value } from '../ir/value'
import { defineLowering } from '../trace/defineLowering'

/** x repeated `reps[i]` times along axis i; tfjs broadcasts with it too. */
export const tileLowering = defineLowering<{ readonly x: Value }, TileAttrs>('Tile', ({ x }, { reps }, { builder }) =>
  reps.every((count) => count === 1) ? x : builder.op('Tile', [x], { repeats: reps })
)
