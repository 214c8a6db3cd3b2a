import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers the gradients
import { Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src/main/graph/ir/builder'
import type { Value } from '../../../src/main/graph/ir/value'
import { planAxis } from '../../../src/main/graph/lowerings/convolution/axis'
import {
  type TiledConvolution,
  tiledFilterGradient,
  tiledForward,
  tiledInputGradient
} from '../../../src/main/graph/lowerings/convolution/tiledConvolution'
import { shortCorrelation } from '../../../src/main/graph/lowerings/convolution/toomCook'
import { Random } from '../../../src/shared/random/random'
import { sizeOf } from '../../../src/shared/tensor'
import { runGraph } from '../../support/runGraph'

interface Case {
  readonly kernel: number
  readonly stride: number
  readonly side: number
  readonly pad: 'same' | 'valid'
  readonly tile: number
}

const [batch, inChannels, outChannels] = [2, 3, 4]

const cases: readonly Case[] = [
  { kernel: 5, stride: 1, side: 8, pad: 'same', tile: 4 },
  { kernel: 5, stride: 1, side: 9, pad: 'same', tile: 2 },
  { kernel: 3, stride: 1, side: 7, pad: 'valid', tile: 4 },
  { kernel: 4, stride: 2, side: 16, pad: 'same', tile: 4 },
  { kernel: 4, stride: 2, side: 14, pad: 'valid', tile: 3 },
  { kernel: 4, stride: 2, side: 6, pad: 'valid', tile: 1 },
  { kernel: 5, stride: 2, side: 11, pad: 'same', tile: 2 },
  { kernel: 3, stride: 2, side: 8, pad: 'same', tile: 1 },
  { kernel: 2, stride: 2, side: 9, pad: 'valid', tile: 1 },
  { kernel: 1, stride: 1, side: 5, pad: 'same', tile: 1 },
  { kernel: 4, stride: 3, side: 10, pad: 'same', tile: 2 }
]

function planOf({ kernel, stride, side, pad, tile }: Case): TiledConvolution {
  const info = tf.backend_util.computeConv2DInfo(
    [batch, side, side, inChannels],
    [kernel, kernel, inChannels, outChannels],
    stride,
    1,
    pad
  )
  const axis = (padBefore: number, outputs: number) =>
    planAxis({ kernel, stride, padBefore, inputs: side, outputs }, tile)
  return {
    height: axis(info.padInfo.top, info.outHeight),
    width: axis(info.padInfo.left, info.outWidth),
    batch,
    inChannels,
    outChannels
  }
}

/** Runs a tiled function of two tensors in the order [height, width, batch, channels]. */
async function run(
  plan: TiledConvolution,
  build: (builder: GraphBuilder, plan: TiledConvolution, a: Value, b: Value) => Value,
  a: tf.Tensor,
  b: tf.Tensor
): Promise<Float32Array> {
  const builder = new GraphBuilder()
  const output = build(builder, plan, builder.input('a', 'float32', a.shape), builder.input('b', 'float32', b.shape))
  const feed = (x: tf.Tensor) => new Tensor('float32', x.dataSync<'float32'>().slice(), x.shape)
  return runGraph({ outputs: new Map([['y', output]]) }, { a: feed(a), b: feed(b) })
}

const random = (index: number, shape: readonly number[]): tf.Tensor =>
  tf.tensor(new Random(7, 'generate', index).normals(sizeOf(shape)), [...shape])

const toRows = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [1, 2, 0, 3])

/** Largest difference over the largest element. */
function relativeError(actual: Float32Array, expected: tf.Tensor): number {
  const reference = expected.dataSync()
  const scale = reference.reduce((most, element) => Math.max(most, Math.abs(element)), 0)
  return actual.reduce((most, element, i) => Math.max(most, Math.abs(element - reference[i]!)), 0) / scale
}

beforeAll(() => tf.setBackend('cpu'))

describe.each(cases)(
  'tiled convolution $kernel×$kernel stride $stride $pad of $side×$side in tiles of $tile',
  (shape) => {
    const plan = planOf(shape)
    const x = random(1, [batch, shape.side, shape.side, inChannels])
    const w = random(2, [shape.kernel, shape.kernel, inChannels, outChannels])
    const dy = random(3, [batch, plan.height.outputs, plan.width.outputs, outChannels])
    const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
      tf.conv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, shape.stride, shape.pad)

    it('agrees with tfjs’ conv2d', async () => {
      const y = await run(plan, tiledForward, toRows(x), w)
      expect(relativeError(y, toRows(convolve(x, w)))).toBeLessThan(1e-5)
    })

    it('agrees with tfjs’ gradients of conv2d for the input and for the filter', async () => {
      const [dx, dw] = tf.grads((input, kernel) => convolve(input, kernel))([x, w], dy)
      expect(relativeError(await run(plan, tiledInputGradient, toRows(dy), w), toRows(dx!))).toBeLessThan(1e-5)
      expect(relativeError(await run(plan, tiledFilterGradient, toRows(x), toRows(dy)), dw!)).toBeLessThan(1e-5)
    })
  }
)

describe('shortCorrelation', () => {
  it.each([
    [2, 3],
    [4, 3],
    [4, 5],
    [3, 2],
    [1, 5],
    [6, 3]
  ])('computes %i outputs of %i taps as the plain sum does', (outputs, taps) => {
    const { inputs, taps: tapMatrix, outputs: outputMatrix } = shortCorrelation(outputs, taps)
    const random = new Random(3, 'generate')
    const d = [...random.normals(outputs + taps - 1)]
    const g = [...random.normals(taps)]
    const apply = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
      matrix.map((row) => row.reduce((sum, element, i) => sum + element * vector[i]!, 0))
    const [products, kernel] = [apply(inputs, d), apply(tapMatrix, g)]
    const y = apply(
      outputMatrix,
      products.map((element, i) => element * kernel[i]!)
    )
    y.forEach((element, i) => {
      expect(element).toBeCloseTo(
        g.reduce((sum, tap, j) => sum + tap * d[i + j]!, 0),
        10
      )
    })
  })
})
