import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { asMaps, averagePoolSame, dilateKernel, repeatPixels } from '../../src/main/model/gradientRemedies'
import { useHostBackend } from '../../src/main/model/hostBackend'
import { Random } from '../../src/shared/random/random'
import { sizeOf } from '../../src/shared/tensor'

const normals = (...shape: number[]): tf.Tensor4D =>
  asMaps(tf.tensor(new Random(1, 'generate').normals(sizeOf(shape)), shape))

function expectSame(actual: tf.Tensor, expected: tf.Tensor): void {
  expect(actual.shape).toEqual(expected.shape)
  expect(tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]).toBeLessThan(1e-5)
}

describe('the value is that of tfjs’ own operation', () => {
  beforeAll(useHostBackend)

  it.each([[[2, 2]], [[1, 3]]] as const)('repeatPixels by %j is resizeNearestNeighbor', ([rows, columns]) => {
    const x = normals(2, 3, 4, 2)
    expectSame(repeatPixels(x, [rows, columns]), tf.image.resizeNearestNeighbor(x, [3 * rows, 4 * columns]))
  })

  it.each(['valid', 'same'] as const)(
    'a convolution with a dilated kernel is a dilated convolution, padding %s',
    (padding) => {
      const x = normals(2, 9, 8, 3)
      const kernel = normals(3, 2, 3, 4)
      expectSame(
        tf.conv2d(x, dilateKernel(kernel, [2, 3]), 1, padding),
        tf.conv2d(x, kernel, 1, padding, 'NHWC', [2, 3])
      )
    }
  )

  it.each([
    [
      [2, 2],
      [2, 2]
    ],
    [
      [3, 3],
      [2, 2]
    ],
    [
      [5, 2],
      [1, 3]
    ]
  ] as const)('averagePoolSame of windows %j and strides %j is avgPool', (size, strides) => {
    const x = normals(2, 7, 6, 3)
    expectSame(averagePoolSame(x, size, strides), tf.avgPool(x, [...size], [...strides], 'same'))
  })
})
