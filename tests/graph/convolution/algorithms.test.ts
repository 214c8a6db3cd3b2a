import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-layers' // registers the gradients
import { Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, it } from 'vitest'
import { GraphBuilder } from '../../../src/main/graph/ir/builder'
import type { Value } from '../../../src/main/graph/ir/value'
import { type AxisShape, planAxis } from '../../../src/main/graph/lowerings/convolution/axis'
import { chunkedConvolution } from '../../../src/main/graph/lowerings/convolution/chunkedConvolution'
import {
  type ConvolutionAlgorithm,
  mirroredConvolution
} from '../../../src/main/graph/lowerings/convolution/convolutionAlgorithm'
import { narrowConvolution } from '../../../src/main/graph/lowerings/convolution/narrowConvolution'
import { tiledConvolution } from '../../../src/main/graph/lowerings/convolution/tiledConvolution'
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
  { kernel: 2, stride: 3, side: 12, pad: 'valid', tile: 1 },
  { kernel: 1, stride: 1, side: 5, pad: 'same', tile: 1 },
  { kernel: 4, stride: 3, side: 10, pad: 'same', tile: 2 }
]

function axisOf({ kernel, stride, side, pad }: Case): AxisShape {
  const { padInfo, outHeight } = tf.backend_util.computeConv2DInfo(
    [batch, side, side, inChannels],
    [kernel, kernel, inChannels, outChannels],
    stride,
    1,
    pad
  )
  return { kernel, stride, padBefore: padInfo.top, inputs: side, outputs: outHeight }
}

/** Every algorithm that can compute the case, by name. */
function algorithmsFor(shape: Case): [string, ConvolutionAlgorithm][] {
  const axis = axisOf(shape)
  const channels = { batch, inChannels, outChannels }
  const tiled = planAxis(axis, shape.tile)
  const mirror: AxisShape = {
    ...axis,
    padBefore: axis.kernel - 1 - axis.padBefore,
    inputs: axis.outputs,
    outputs: axis.inputs
  }
  const swapped = { batch, inChannels: outChannels, outChannels: inChannels }
  const mirrored = mirroredConvolution(narrowConvolution({ height: mirror, width: mirror, ...swapped }))
  return [
    ['tiled', tiledConvolution({ height: tiled, width: tiled, ...channels })],
    ['narrow', narrowConvolution({ height: axis, width: axis, ...channels })],
    ...(shape.stride === 1 ? [['mirrored', mirrored] satisfies [string, ConvolutionAlgorithm]] : [])
  ]
}

/** Runs a function of two tensors in the order [height, width, batch, channels]. */
async function run(
  build: (builder: GraphBuilder, a: Value, b: Value) => Value,
  a: tf.Tensor,
  b: tf.Tensor
): Promise<Float32Array> {
  const builder = new GraphBuilder()
  const output = build(builder, builder.input('a', 'float32', a.shape), builder.input('b', 'float32', b.shape))
  const feed = (x: tf.Tensor) => new Tensor('float32', x.dataSync<'float32'>().slice(), x.shape)
  return runGraph({ outputs: new Map([['y', output]]) }, { a: feed(a), b: feed(b) })
}

const random = (index: number, shape: readonly number[]): tf.Tensor =>
  tf.tensor(new Random(7, 'generate', index).normals(sizeOf(shape)), [...shape])

const toRows = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [1, 2, 0, 3])

/** Largest difference over the largest element. */
function relativeError(actual: Float32Array, expected: tf.Tensor): number {
  const reference = [...expected.dataSync<'float32'>()]
  const scale = Math.max(...reference.map(Math.abs))
  return Math.max(...reference.map((element, i) => Math.abs(element - actual[i]!))) / scale
}

const named = cases.flatMap((shape) => algorithmsFor(shape).map(([name, algorithm]) => ({ ...shape, name, algorithm })))

beforeAll(() => tf.setBackend('cpu'))

describe.each(named)('$name convolution $kernel×$kernel stride $stride $pad of $side×$side, tile $tile', (shape) => {
  const { outputs } = axisOf(shape)
  const x = random(1, [batch, shape.side, shape.side, inChannels])
  const w = random(2, [shape.kernel, shape.kernel, inChannels, outChannels])
  const dy = random(3, [batch, outputs, outputs, outChannels])
  const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
    tf.conv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, shape.stride, shape.pad)

  it('agrees with tfjs’ conv2d and both its gradients to 1e-5', async () => {
    const { forward, inputGradient, filterGradient } = shape.algorithm
    const [dx, dw] = tf.grads((input, kernel) => convolve(input, kernel))([x, w], dy)
    expect(relativeError(await run(forward, toRows(x), w), toRows(convolve(x, w)))).toBeLessThan(1e-5)
    expect(relativeError(await run(inputGradient, toRows(dy), w), toRows(dx!))).toBeLessThan(1e-5)
    expect(relativeError(await run(filterGradient, toRows(x), toRows(dy)), dw!)).toBeLessThan(1e-5)
  })
})

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
    const draws = new Random(3, 'generate')
    const d = [...draws.normals(outputs + taps - 1)]
    const g = [...draws.normals(taps)]
    const apply = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
      matrix.map((row) => row.reduce((sum, element, i) => sum + element * vector[i]!, 0))
    const [products, kernel] = [apply(inputs, d), apply(tapMatrix, g)]
    const y = apply(
      outputMatrix,
      products.map((element, i) => element * kernel[i]!)
    )
    y.forEach((element, i) => {
      const plain = g.reduce((sum, tap, j) => sum + tap * d[i + j]!, 0)
      expect(element).toBeCloseTo(plain, 10)
    })
  })
})

describe('chunkedConvolution', () => {
  it('gives what the whole batch gives, for the convolution and both gradients', async () => {
    const axis = planAxis({ kernel: 4, stride: 2, padBefore: 1, inputs: 8, outputs: 4 }, 2)
    const ofBatch = (size: number) =>
      tiledConvolution({ height: axis, width: axis, batch: size, inChannels, outChannels })
    const [whole, parts] = [
      ofBatch(5),
      chunkedConvolution([2, 2, 1].map((size) => ({ batch: size, algorithm: ofBatch(size) })))
    ]
    const [x, w, dy] = [
      random(1, [8, 8, 5, inChannels]),
      random(2, [4, 4, inChannels, outChannels]),
      random(3, [4, 4, 5, outChannels])
    ]
    const expectSame = async (name: 'forward' | 'inputGradient' | 'filterGradient', a: tf.Tensor, b: tf.Tensor) => {
      const expected = await run(whole[name], a, b)
      expect(relativeError(await run(parts[name], a, b), tf.tensor1d(expected))).toBeLessThan(1e-6)
    }
    await expectSame('forward', x, w)
    await expectSame('inputGradient', dy, w)
    await expectSame('filterGradient', x, dy)
  })
})
