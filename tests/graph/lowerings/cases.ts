import * as tf from '@tensorflow/tfjs-core'
import {
  booleans,
  type Draw,
  exactly,
  integers,
  normal,
  rank1,
  rank2,
  rank3,
  rank4,
  rank5,
  type TensorFunction,
  uniform
} from '../../support/parity'

/** One function of tensors that the compiler must compute as tfjs does, and its gradient where tfjs has one. */
export interface Case {
  readonly name: string
  readonly run: TensorFunction
  readonly inputs: readonly Draw[]
  /** False where tfjs has no gradient. */
  readonly gradient?: boolean
}

const of = (name: string, run: TensorFunction, ...inputs: Draw[]): Case => ({ name, run, inputs })
const forward = (name: string, run: TensorFunction, ...inputs: Draw[]): Case => ({ name, run, inputs, gradient: false })

const special = exactly([-2.5, -1, -0.5, 0, 0.5, 1.5, 2.5, 3])
const withNaN = exactly([3, Number.NaN, -2, 7, Number.NaN, 7])
const extreme = exactly([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1e30, 0, 1e30, 1e-30])
const dividends = exactly([-7, -7, 7, 7, 6, -6, 0, 5, 0], 'int32')
const divisors = exactly([2, -2, 2, -2, 3, 3, 4, 0, 0], 'int32')

const unary: readonly Case[] = [
  of('abs', tf.abs, normal(3, 5)),
  forward('abs of integers', tf.abs, integers(-5, 5, 7)),
  of('acos', tf.acos, uniform(-0.9, 0.9, 8)),
  of('acosh', tf.acosh, uniform(1.1, 4, 8)),
  of('asin', tf.asin, uniform(-0.9, 0.9, 8)),
  of('asinh', tf.asinh, normal(8)),
  of('atan', tf.atan, normal(8)),
  of('atanh', tf.atanh, uniform(-0.9, 0.9, 8)),
  of('ceil', tf.ceil, special),
  forward('round of integers', tf.round, integers(-5, 5, 7)),
  of('cos', tf.cos, normal(8)),
  of('cosh', tf.cosh, normal(8)),
  of('elu', tf.elu, normal(4, 5)),
  of('erf', tf.erf, normal(8)),
  of('exp', tf.exp, normal(8)),
  of('expm1 near and far from 0', tf.expm1, exactly([-200, -60, -3, -1e-4, 1e-6, 0.3, 5, 40])),
  of('floor', tf.floor, special),
  forward('isFinite', tf.isFinite, extreme),
  forward('isInf', tf.isInf, extreme),
  forward('isNaN', tf.isNaN, extreme),
  of('leakyRelu', (x) => tf.leakyRelu(x, 0.3), normal(4, 5)),
  of('leakyRelu of α = 0', (x) => tf.leakyRelu(x, 0), normal(4, 5)),
  of('log', tf.log, uniform(0.1, 5, 8)),
  of('log1p near and far from 0', tf.log1p, exactly([-0.9, -0.5, -1e-6, 1e-6, 0.49, 0.51, 7, 1e6])),
  of('logSigmoid', tf.logSigmoid, normal(8)),
  forward('logicalNot', tf.logicalNot, booleans(7)),
  of('neg', tf.neg, normal(8)),
  of('prelu', tf.prelu, normal(3, 4, 5), uniform(-1, 1, 4, 5)),
  of('reciprocal', tf.reciprocal, uniform(0.5, 2, 8)),
  of('relu', tf.relu, normal(4, 5)),
  of('relu6', tf.relu6, uniform(-3, 9, 20)),
  of('round half to even', tf.round, special),
  of('rsqrt', tf.rsqrt, uniform(0.2, 3, 8)),
  of('selu', tf.selu, normal(4, 5)),
  of('sigmoid', tf.sigmoid, normal(8)),
  of('sign', tf.sign, special),
  forward('sign of NaN and integers', (x, y) => [tf.sign(x), tf.sign(y)], extreme, integers(-2, 3, 6)),
  of('sin', tf.sin, normal(8)),
  of('sinh', tf.sinh, normal(8)),
  of('softplus, no overflow', tf.softplus, exactly([-100, -20, -1, 0, 1, 20, 100])),
  of('sqrt', tf.sqrt, uniform(0.2, 3, 8)),
  of('square', tf.square, normal(8)),
  forward('square of integers', tf.square, integers(-5, 5, 7)),
  of('step', (x) => tf.step(x, 0.25), normal(8)),
  of('tan', tf.tan, uniform(-1, 1, 8)),
  of('tanh', tf.tanh, normal(8)),
  of('clipByValue', (x) => tf.clipByValue(x, -0.5, 0.7), normal(20)),
  of('clipByValue from below only', (x) => tf.clipByValue(x, 0, Number.POSITIVE_INFINITY), normal(20)),
  of('clipByValue from above only', (x) => tf.clipByValue(x, Number.NEGATIVE_INFINITY, 0), normal(20)),
  forward('clipByValue of integers', (x) => tf.clipByValue(x, -2, 2), integers(-5, 5, 9)),
  forward(
    'cast to float and back',
    (x, y) => [tf.cast(x, 'int32'), tf.cast(x, 'bool'), tf.cast(y, 'float32')],
    special,
    booleans(3)
  ),
  of('clone', tf.clone, normal(2, 3)),
  of('zerosLike and onesLike', (x) => tf.add(tf.mul(tf.zerosLike(x), x), tf.onesLike(x)), normal(2, 3))
]

const binary: readonly Case[] = [
  of('add, broadcast both ways', tf.add, normal(4, 1, 3), normal(5, 1)),
  of('add, a scalar', tf.add, normal(4, 3), normal()),
  forward('add of int32 and float32', tf.add, integers(0, 9, 4), normal(4)),
  of('addN', (...all) => tf.addN(all), normal(2, 3), normal(2, 3), normal(2, 3)),
  of('atan2', tf.atan2, normal(12), normal(12)),
  forward('atan2 on the axes', tf.atan2, exactly([0, 0, 1, -1, 0]), exactly([1, -1, 0, 0, 0])),
  of('div, broadcast', tf.div, normal(4, 1, 3), uniform(0.5, 2, 5, 1)),
  forward('div of integers, every sign, by zero', tf.div, dividends, divisors),
  forward('divNoNan', tf.divNoNan, exactly([1, 0, -2, 3]), exactly([0, 0, 4, 0])),
  of('floorDiv', tf.floorDiv, uniform(-9, 9, 12), uniform(1, 3, 12)),
  of('maximum', tf.maximum, normal(4, 3), normal(4, 3)),
  forward('maximum, broadcast', tf.maximum, normal(4, 3), normal(3)),
  forward('maximum of integers', tf.maximum, integers(-5, 5, 6), integers(-5, 5, 6)),
  of('minimum', tf.minimum, normal(4, 3), normal(4, 3)),
  forward('minimum, broadcast', tf.minimum, normal(4, 3), normal(4, 1)),
  of('mod, every sign', tf.mod, uniform(-9, 9, 24), uniform(1, 3, 24)),
  forward('mod by negative floats', tf.mod, uniform(-9, 9, 12), uniform(-3, -1, 12)),
  forward('mod of integers, every sign, by zero', tf.mod, dividends, divisors),
  of('mul, broadcast', tf.mul, normal(4, 1, 3), normal(5, 1)),
  of('pow', tf.pow, uniform(0.2, 2, 4, 3), normal(3)),
  forward('pow of a negative base', tf.pow, exactly([-2, -1.5, 3]), exactly([3, 2, 0])),
  forward('pow of integers', tf.pow, integers(-4, 4, 6), integers(0, 4, 6)),
  of('squaredDifference', tf.squaredDifference, normal(4, 3), normal(4, 3)),
  forward('squaredDifference, broadcast', tf.squaredDifference, normal(4, 3), normal(3)),
  of('sub, broadcast', tf.sub, normal(4, 1, 3), normal(5, 1)),
  forward('bitwiseAnd', tf.bitwiseAnd, integers(0, 1000, 9), integers(0, 1000, 9)),
  forward(
    'comparisons with NaN',
    (a, b) => [
      tf.equal(a, b),
      tf.notEqual(a, b),
      tf.greater(a, b),
      tf.greaterEqual(a, b),
      tf.less(a, b),
      tf.lessEqual(a, b)
    ],
    exactly([1, 2, 3, Number.NaN]),
    exactly([2, 2, 1, Number.NaN])
  ),
  forward(
    'comparisons of integers and booleans',
    (a, b, c, d) => [tf.equal(a, b), tf.less(a, b), tf.equal(c, d), tf.greater(c, d)],
    integers(0, 3, 9),
    integers(0, 3, 9),
    booleans(9),
    booleans(9)
  ),
  forward('logic', (a, b) => [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalXor(a, b)], booleans(9), booleans(9)),
  of('where, broadcast', tf.where, booleans(4, 1), normal(4, 3), normal(3)),
  of('where chooses rows', (c, a, b) => tf.where(c, a, b), booleans(4), normal(4), normal(4)),
  forward('where of booleans', tf.where, booleans(5), booleans(5), booleans(5))
]

const reductions: readonly Case[] = [
  of('sum of all', (x) => tf.sum(x), normal(3, 4, 5)),
  of('sum over the last and the first axis', (x) => tf.sum(x, [-1, 0]), normal(3, 4, 5)),
  of('sum keeping axes', (x) => tf.sum(x, 1, true), normal(3, 4, 5)),
  of('sum of a scalar', (x) => tf.sum(x), normal()),
  of('sum over no axes', (x) => tf.sum(x, []), normal(3, 4)),
  forward('sum of booleans and integers', (x, y) => [tf.sum(x), tf.sum(y, 0)], booleans(3, 4), integers(-9, 9, 3, 4)),
  of('sum of nothing', (x) => tf.sum(x, 0), normal(0, 3)),
  of('mean', (x) => tf.mean(x, [1, 2]), normal(3, 4, 5)),
  forward('mean of integers', (x) => tf.mean(x), integers(0, 9, 3, 4)),
  of(
    'moments',
    (x) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2])
      return [mean, variance]
    },
    normal(2, 3, 4, 5)
  ),
  of('max', (x) => tf.max(x, 1), normal(3, 4, 5)),
  of('max keeping axes', (x) => tf.max(x, [0, 2], true), normal(3, 4, 5)),
  forward('max of integers and booleans', (x, y) => [tf.max(x), tf.max(y, 0)], integers(-9, 9, 5), booleans(3, 4)),
  of('min', (x) => tf.min(x, [0, 1]), normal(3, 4, 5)),
  forward('prod', (x) => tf.prod(x, 1), uniform(0.5, 1.5, 3, 4)),
  forward('prod of integers', (x) => tf.prod(x), integers(1, 4, 5)),
  forward('all and any', (x) => [tf.all(x, 0), tf.any(x, 1), tf.all(x, 1, true)], booleans(3, 4)),
  forward('argMax and argMin take the first', (x) => [tf.argMax(x, 0), tf.argMin(x, 1)], integers(0, 3, 5, 6)),
  forward('argMax passes over NaN', (x) => [tf.argMax(x), tf.argMin(x)], withNaN),
  of('logSumExp', (x) => tf.logSumExp(x, 1), normal(3, 5)),
  of('norm', (x) => tf.norm(x), normal(3, 5)),
  of('norm of rows', (x) => tf.norm(x, 'euclidean', 1), normal(3, 5)),
  of('cumsum', (x) => tf.cumsum(x, 1), normal(3, 5)),
  of('cumsum, exclusive from the end', (x) => tf.cumsum(x, 1, true, true), normal(3, 5)),
  forward('cumsum of integers', (x) => tf.cumsum(x, 0), integers(-5, 5, 2, 7)),
  forward('cumprod', (x) => tf.cumprod(x, 1), uniform(0.5, 1.5, 3, 7)),
  forward('cumprod, exclusive from the end', (x) => tf.cumprod(x, 0, true, true), uniform(0.5, 1.5, 5, 2)),
  of('softmax', (x) => tf.softmax(x), normal(3, 5)),
  of('logSoftmax', (x) => tf.logSoftmax(x), normal(3, 5)),
  forward(
    'topk of equal elements',
    (x) => {
      const { values, indices } = tf.topk(x, 3)
      return [values, indices]
    },
    integers(0, 4, 2, 9)
  ),
  forward('bincount', (x, w) => tf.bincount(rank1(x), rank1(w), 5), integers(0, 7, 12), normal(12)),
  forward(
    'denseBincount',
    (x, w) => [tf.denseBincount(rank2(x), rank2(w), 5), tf.denseBincount(rank2(x), rank2(w), 5, true)],
    integers(0, 7, 2, 9),
    exactly([], 'float32', [0, 0])
  ),
  forward(
    'searchSorted',
    (s, v) => [tf.searchSorted(s, v), tf.searchSorted(s, v, 'right')],
    exactly([1, 2, 2, 5]),
    exactly([0, 1, 2, 3, 9])
  )
]

/** What fused kernels do after their sum. */
const activations = [
  { activation: 'linear' },
  { activation: 'relu' },
  { activation: 'relu6' },
  { activation: 'elu' },
  { activation: 'sigmoid' },
  { activation: 'leakyrelu', leakyreluAlpha: 0.3 },
  { activation: 'prelu' }
] as const

const slopesFor = (slopes: tf.Tensor | undefined) => (slopes === undefined ? {} : { preluActivationWeights: slopes })

const products: readonly Case[] = [
  of('matMul', (a, b) => tf.matMul(a, b), normal(3, 5), normal(5, 4)),
  of('matMul, both transposed', (a, b) => tf.matMul(a, b, true, true), normal(5, 3), normal(4, 5)),
  of('matMul of batches', (a, b) => tf.matMul(a, b, false, true), normal(2, 3, 5), normal(2, 4, 5)),
  forward('matMul, the left one broadcast', (a, b) => tf.matMul(a, b), normal(1, 3, 5), normal(2, 5, 4)),
  of('matMul of rank 4', (a, b) => tf.matMul(a, b), normal(2, 3, 4, 5), normal(2, 3, 5, 2)),
  of('dot', (a, b) => tf.dot(a, b), normal(5), normal(5)),
  of('outerProduct', (a, b) => tf.outerProduct(rank1(a), rank1(b)), normal(3), normal(4)),
  ...activations.map(({ activation, ...weights }) =>
    of(
      `fused.matMul ${activation}`,
      (a, b, bias, slopes) => tf.fused.matMul({ a, b, bias, activation, ...weights, ...slopesFor(slopes) }),
      normal(3, 5),
      normal(5, 4),
      normal(4),
      ...(activation === 'prelu' ? [normal(4)] : [])
    )
  ),
  forward(
    'einsum',
    (a, b) => [tf.einsum('ij,jk->ki', a, b), tf.einsum('ij->j', a), tf.einsum('ij,jk->ijk', a, b)],
    normal(3, 5),
    normal(5, 4)
  ),
  forward('diag', (x) => tf.diag(x), normal(2, 3))
]

const shapes: readonly Case[] = [
  of('reshape with a side to infer', (x) => tf.reshape(x, [-1, 3]), normal(2, 3, 4)),
  of('expandDims and squeeze', (x) => tf.squeeze(tf.expandDims(x, -1), [1]), normal(3, 1, 2)),
  of('transpose', (x) => tf.transpose(x, [2, 0, 3, 1]), normal(2, 3, 4, 5)),
  of('transpose of the default order', (x) => tf.transpose(x), normal(2, 3, 4)),
  of('concat', (a, b, c) => tf.concat([a, b, c], -1), normal(2, 3), normal(2, 1), normal(2, 4)),
  of('concat with an empty one', (a, b) => tf.concat([a, b], 0), normal(2, 3), normal(0, 3)),
  of('stack', (a, b) => tf.stack([a, b], -1), normal(2, 3), normal(2, 3)),
  of('unstack', (x) => tf.unstack(x, 1), normal(2, 3, 2)),
  of('split into equal pieces', (x) => tf.split(x, 3, 1), normal(2, 6)),
  of('split into given pieces', (x) => tf.split(x, [1, 4, 2], -1), normal(2, 7)),
  of('slice', (x) => tf.slice(x, [1, 0, 2], [2, -1, 1]), normal(4, 3, 5)),
  forward('stridedSlice', (x) => tf.stridedSlice(x, [1, 4], [4, 0], [2, -2]), normal(5, 6)),
  forward('stridedSlice, backwards to the first', (x) => tf.stridedSlice(x, [-1], [0], [-1], 0, 1), normal(5)),
  forward(
    'stridedSlice, new and dropped axes',
    (x) => tf.stridedSlice(x, [0, 1, 0], [0, 2, 3], [1, 1, 1], 0, 0, 0, 1, 2),
    normal(4, 6)
  ),
  of('tile', (x) => tf.tile(x, [2, 1, 3]), normal(2, 3, 2)),
  forward('tile of booleans', (x) => tf.tile(x, [3]), booleans(4)),
  of('broadcastTo', (x) => tf.broadcastTo(x, [2, 3, 4]), normal(3, 1)),
  of('reverse', (x) => tf.reverse(x, [0, -1]), normal(2, 3, 4)),
  forward('flipLeftRight', (x) => tf.image.flipLeftRight(rank4(x)), normal(2, 3, 4, 1)),
  of(
    'pad',
    (x) =>
      tf.pad(
        x,
        [
          [1, 2],
          [0, 3]
        ],
        0.5
      ),
    normal(2, 3)
  ),
  forward(
    'pad of integers and booleans',
    (x, y) => [tf.pad(x, [[1, 1]], 7), tf.pad(y, [[0, 2]], 1)],
    integers(0, 9, 4),
    booleans(3)
  ),
  of(
    'mirrorPad reflect',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 0],
          [2, 1]
        ],
        'reflect'
      ),
    normal(3, 4)
  ),
  of(
    'mirrorPad symmetric',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [3, 1],
          [0, 2]
        ],
        'symmetric'
      ),
    normal(3, 4)
  ),
  of('gather', (x, i) => tf.gather(x, i, 1), normal(3, 5, 2), integers(0, 5, 4)),
  of('gather with equal indices of rank 2', (x, i) => tf.gather(x, i), normal(4, 3), integers(0, 4, 2, 5)),
  forward('gather in batches', (x, i) => tf.gather(x, i, 2, 1), normal(2, 3, 5, 2), integers(0, 5, 2, 4)),
  forward('gatherND', (x, i) => tf.gatherND(x, i), normal(3, 4, 2), integers(0, 3, 5, 2)),
  forward('scatterND adds up', (i, u) => tf.scatterND(i, u, [4, 3, 2]), integers(0, 3, 6, 2), normal(6, 2)),
  forward('scatterND of integers', (i, u) => tf.scatterND(i, u, [5]), integers(0, 5, 7, 1), integers(-4, 4, 7)),
  forward(
    'tensorScatterUpdate',
    (x, i, u) => tf.tensorScatterUpdate(x, i, u),
    normal(5, 2),
    exactly([3, 0], 'int32', [2, 1]),
    normal(2, 2)
  ),
  forward('sparseToDense', (i, v) => tf.sparseToDense(i, v, [6], 0.5), exactly([4, 1], 'int32'), normal(2)),
  of('unsortedSegmentSum', (x, i) => tf.unsortedSegmentSum(x, rank1(i), 4), normal(6, 2, 3), integers(0, 4, 6)),
  forward(
    'oneHot',
    (i) => [tf.oneHot(i, 4), tf.oneHot(i, 4, 2, -1, 'float32'), tf.oneHot(i, 4, 1, 0, 'bool')],
    integers(-1, 6, 3, 2)
  ),
  forward('depthToSpace', (x) => tf.depthToSpace(rank4(x), 2), normal(2, 4, 3, 8)),
  of(
    'batchToSpaceND',
    (x) =>
      tf.batchToSpaceND(
        x,
        [2, 3],
        [
          [1, 0],
          [0, 2]
        ]
      ),
    normal(12, 3, 2, 2)
  ),
  of(
    'spaceToBatchND',
    (x) =>
      tf.spaceToBatchND(
        x,
        [2, 3],
        [
          [1, 0],
          [0, 2]
        ]
      ),
    normal(2, 3, 4, 2)
  ),
  of(
    'constants made inside',
    (x) => tf.add(tf.mul(x, tf.range(0, 5)), tf.add(tf.linspace(-1, 1, 5), tf.fill([5], 3))),
    normal(5)
  ),
  forward(
    'tensors of size 0',
    (x) => [tf.relu(x), tf.concat([x, x], 1), tf.transpose(x), tf.matMul(x, x, true)],
    normal(0, 3)
  )
]

/** Sides of pictures and kernels: odd ones, kernels with even sides, of one pixel and larger than the picture. */
const windows = [
  [7, 9, 3, 3],
  [8, 5, 4, 2],
  [5, 5, 1, 1],
  [3, 2, 5, 5]
] as const

const strided = (run: (stride: number, pad: 'same' | 'valid', sides: (typeof windows)[number]) => Case): Case[] =>
  [1, 2, 3].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) =>
      windows
        .filter(([h, w, kh, kw]) => pad === 'same' || (kh <= h && kw <= w))
        .map((sides) => {
          const [h, w, kh, kw] = sides
          const one = run(stride, pad, sides)
          return { ...one, name: `${one.name} of ${h}×${w}, kernel ${kh}×${kw}, stride ${stride}, ${pad}` }
        })
    )
  )

const convolutions: readonly Case[] = [
  ...strided((stride, pad, [h, w, kh, kw]) =>
    of('conv2d', (x, f) => tf.conv2d(rank4(x), rank4(f), stride, pad), normal(2, h, w, 3), normal(kh, kw, 3, 4))
  ),
  ...strided((stride, pad, [h, w, kh, kw]) =>
    of(
      'depthwiseConv2d',
      (x, f) => tf.depthwiseConv2d(rank4(x), rank4(f), stride, pad),
      normal(2, h, w, 3),
      normal(kh, kw, 3, 2)
    )
  ),
  ...[1, 2, 3].flatMap((stride) =>
    [3, 4, 5].map((kernel) =>
      of(
        `conv2dTranspose, kernel ${kernel}, stride ${stride}, same`,
        (x, f) => tf.conv2dTranspose(rank4(x), rank4(f), [2, 5 * stride, 4 * stride, 3], stride, 'same'),
        normal(2, 5, 4, 2),
        normal(kernel, kernel, 3, 2)
      )
    )
  ),
  of(
    'conv2d of many channels',
    (x, f) => tf.conv2d(rank4(x), rank4(f), 2, 'same'),
    normal(2, 9, 8, 17),
    normal(5, 5, 17, 19)
  ),
  of(
    'conv2d, explicit pads',
    (x, f) =>
      tf.conv2d(rank4(x), rank4(f), 2, [
        [0, 0],
        [2, 0],
        [1, 3],
        [0, 0]
      ]),
    normal(1, 6, 5, 2),
    normal(3, 3, 2, 3)
  ),
  forward(
    'conv2d, padded by a number, rounded up',
    (x, f) => tf.conv2d(rank4(x), rank4(f), 2, 1, 'NHWC', 1, 'ceil'),
    normal(1, 6, 6, 2),
    normal(3, 3, 2, 3)
  ),
  forward(
    'conv2d, dilated',
    (x, f) => tf.conv2d(rank4(x), rank4(f), 1, 'same', 'NHWC', [2, 3]),
    normal(2, 9, 8, 2),
    normal(3, 2, 2, 3)
  ),
  forward(
    'conv2d, channels first',
    (x, f) => tf.conv2d(rank4(x), rank4(f), 2, 'same', 'NCHW'),
    normal(2, 3, 7, 6),
    normal(3, 3, 3, 4)
  ),
  forward(
    'depthwiseConv2d, dilated',
    (x, f) => tf.depthwiseConv2d(rank4(x), rank4(f), 1, 'same', 'NHWC', 2),
    normal(2, 9, 8, 2),
    normal(3, 2, 2, 3)
  ),
  of(
    'separableConv2d',
    (x, d, p) => tf.separableConv2d(rank4(x), rank4(d), rank4(p), 2, 'same'),
    normal(2, 7, 6, 3),
    normal(3, 3, 3, 2),
    normal(1, 1, 6, 4)
  ),
  ...activations.flatMap(({ activation, ...weights }) => [
    of(
      `fused.conv2d ${activation}`,
      (x, filter, bias, slopes) =>
        tf.fused.conv2d({
          x: rank4(x),
          filter: rank4(filter),
          strides: 2,
          pad: 'same',
          bias,
          activation,
          ...weights,
          ...slopesFor(slopes)
        }),
      normal(2, 7, 6, 3),
      normal(3, 3, 3, 4),
      normal(4),
      ...(activation === 'prelu' ? [normal(4)] : [])
    ),
    forward(
      `fused.depthwiseConv2d ${activation}`,
      (x, filter, bias, slopes) =>
        tf.fused.depthwiseConv2d({
          x: rank4(x),
          filter: rank4(filter),
          strides: 1,
          pad: 'same',
          bias,
          activation,
          ...weights,
          ...slopesFor(slopes)
        }),
      normal(2, 7, 6, 3),
      normal(3, 3, 3, 1),
      normal(3),
      ...(activation === 'prelu' ? [normal(3)] : [])
    )
  ]),
  of('conv1d', (x, f) => tf.conv1d(rank3(x), rank3(f), 2, 'same'), normal(2, 9, 3), normal(4, 3, 2)),
  of(
    'conv3d',
    (x, f) => tf.conv3d(rank5(x), rank5(f), [1, 2, 2], 'same'),
    normal(2, 3, 5, 4, 2),
    normal(2, 3, 3, 2, 3)
  ),
  of(
    'conv3d, valid',
    (x, f) => tf.conv3d(rank5(x), rank5(f), 1, 'valid'),
    normal(1, 4, 5, 4, 2),
    normal(2, 3, 3, 2, 3)
  ),
  forward(
    'conv3dTranspose',
    (x, f) => tf.conv3dTranspose(rank5(x), rank5(f), [1, 4, 6, 8, 3], 2, 'same'),
    normal(1, 2, 3, 4, 2),
    normal(3, 3, 3, 3, 2)
  )
]

const poolings: readonly Case[] = [
  ...strided((stride, pad, [h, w, kh, kw]) =>
    of('maxPool', (x) => tf.maxPool(rank4(x), [kh, kw], stride, pad), normal(2, h, w, 3))
  ),
  ...strided((stride, pad, [h, w, kh, kw]) =>
    of('avgPool', (x) => tf.avgPool(rank4(x), [kh, kw], stride, pad), normal(2, h, w, 3))
  ),
  // Of equal elements the first gets the gradient.
  of('maxPool of equal elements', (x) => tf.maxPool(rank4(tf.round(x)), 3, 2, 'same'), normal(2, 9, 9, 2)),
  of(
    'maxPool of equal elements, with its gradient',
    (x) => tf.maxPool(rank4(tf.relu(x)), 2, 1, 'same'),
    normal(2, 6, 7, 3)
  ),
  forward('maxPool, rounded up', (x) => tf.maxPool(rank4(x), 3, 2, 1, 'ceil'), normal(1, 6, 6, 2)),
  forward('maxPool of integers', (x) => tf.maxPool(rank4(x), 2, 2, 'same'), integers(-9, 9, 1, 5, 5, 2)),
  forward(
    'maxPoolWithArgmax',
    (x) => {
      const { result, indexes } = tf.maxPoolWithArgmax(rank4(x), 2, 2, 'valid', true)
      return [result!, indexes!]
    },
    normal(2, 6, 4, 3)
  ),
  of('avgPool3d', (x) => tf.avgPool3d(rank5(x), 2, 2, 'same'), normal(1, 3, 5, 4, 2)),
  of('maxPool3d', (x) => tf.maxPool3d(rank5(x), 2, 1, 'same'), normal(1, 3, 5, 4, 2)),
  forward('pool, dilated', (x) => tf.pool(rank4(x), 2, 'max', 'same', 2, 1), normal(1, 6, 6, 2))
]

const samplings = [
  { suffix: '', corners: false, centers: false },
  { suffix: ', corners aligned', corners: true, centers: false },
  { suffix: ', pixel centres', corners: false, centers: true }
]

/**
 * tfjs' gradients are wrong for more than one picture (nearest), have height and width exchanged (bilinear) and never
 * end for a source of one pixel with its corners aligned; resizing.test.ts proves these gradients without it.
 */
const resizings: readonly Case[] = (
  [
    [4, 4, 8, 8],
    [3, 5, 9, 10],
    [5, 5, 7, 3],
    [6, 6, 3, 2],
    [4, 3, 1, 1],
    [1, 1, 3, 3]
  ] as const
).flatMap(([h, w, H, W]) =>
  samplings.flatMap(({ suffix, corners, centers }) => [
    {
      name: `resizeBilinear ${h}×${w} to ${H}×${W}${suffix}`,
      run: (x: tf.Tensor) => tf.image.resizeBilinear(rank4(x), [H, W], corners, centers),
      inputs: [normal(2, h, w, 3)],
      gradient: h === w
    },
    {
      name: `resizeNearestNeighbor ${h}×${w} to ${H}×${W}${suffix}`,
      run: (x: tf.Tensor) => tf.image.resizeNearestNeighbor(rank4(x), [H, W], corners, centers),
      inputs: [normal(1, h, w, 3)],
      gradient: !(corners && h === 1)
    }
  ])
)

const normalizations: readonly Case[] = [
  of(
    'batchNorm',
    (x, mean, variance, offset, scale) =>
      tf.batchNorm(x, rank1(mean), rank1(variance), rank1(offset), rank1(scale), 0.01),
    normal(2, 3, 4, 5),
    normal(5),
    uniform(0.5, 2, 5),
    normal(5),
    normal(5)
  ),
  forward(
    'batchNorm without scale and offset',
    (x, mean, variance) => tf.batchNorm(x, rank1(mean), rank1(variance)),
    normal(4, 5),
    normal(5),
    uniform(0.5, 2, 5)
  ),
  of(
    'localResponseNormalization',
    (x) => tf.localResponseNormalization(rank4(x), 2, 1.5, 0.3, 0.6),
    normal(2, 3, 4, 7)
  ),
  of('dropout by a mask', (x, mask) => tf.mul(x, mask), normal(3, 4), uniform(0, 2, 3, 4)),
  of(
    'sigmoidCrossEntropy',
    (labels, logits) => tf.losses.sigmoidCrossEntropy(labels, logits),
    uniform(0, 1, 6, 1),
    normal(6, 1)
  ),
  of(
    'softmaxCrossEntropy',
    (labels, logits) => tf.losses.softmaxCrossEntropy(tf.softmax(labels), logits),
    normal(6, 4),
    normal(6, 4)
  ),
  of('huberLoss', (labels, x) => tf.losses.huberLoss(labels, x), normal(6, 2), normal(6, 2)),
  of('hingeLoss', (labels, x) => tf.losses.hingeLoss(tf.step(labels), x), normal(6, 2), normal(6, 2)),
  of('logLoss', (labels, x) => tf.losses.logLoss(labels, x), uniform(0.1, 0.9, 6, 2), uniform(0.1, 0.9, 6, 2)),
  of('meanSquaredError', (labels, x) => tf.losses.meanSquaredError(labels, x), normal(6, 2), normal(6, 2))
]

/** All that is compared, in the order of the support table. */
export const cases: readonly Case[] = [
  ...unary,
  ...binary,
  ...reductions,
  ...products,
  ...shapes,
  ...convolutions,
  ...poolings,
  ...resizings,
  ...normalizations
]
