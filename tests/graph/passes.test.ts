import { Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/main/graph/compile'
import { GraphBuilder } from '../../src/main/graph/ir/builder'
import { printGraph } from '../../src/main/graph/ir/print'
import { type Graph, opsOf, type Value } from '../../src/main/graph/ir/value'
import { Random } from '../../src/shared/random/random'
import { runGraph } from '../support/runGraph'

const graphOf = (y: Value): Graph => ({ outputs: new Map([['y', y]]) })
const countOps = (graph: Graph, op: string): number => opsOf(graph).filter((value) => value.op === op).length

const x = new Tensor('float32', new Random(1, 'generate').normals(2 * 3 * 4 * 5), [2, 3, 4, 5])
const row = new Tensor('float32', new Random(2, 'generate').normals(4), [4])

/** The graph of `build` before and after all passes; asserts that both compute the same. */
async function optimized(build: (builder: GraphBuilder, x: Value, row: Value) => Value): Promise<Graph> {
  const builder = new GraphBuilder()
  const before = graphOf(build(builder, builder.input('x', 'float32', x.dims), builder.input('row', 'float32', [4])))
  const after = optimize(before)
  const feeds = (graph: Graph) => (printGraph(graph).includes('input row') ? { x, row } : { x })
  const [expected, actual] = [await runGraph(before, feeds(before)), await runGraph(after, feeds(after))]
  expect(actual.length).toBe(expected.length)
  actual.forEach((element, i) => {
    expect(element).toBeCloseTo(expected[i]!, 5)
  })
  return after
}

const turn = (builder: GraphBuilder, value: Value, permutation: readonly number[]) =>
  builder.op('Transpose', [value], { permutation })

describe('passes', () => {
  it('cancel the transposes around elementwise operators and a bias', async () => {
    const graph = await optimized((b, input, bias) => {
      const moved = turn(b, input, [0, 3, 1, 2])
      const active = b.op('LeakyRelu', [b.op('Add', [moved, b.scalar(1)], {})], { alpha: 0.2 })
      const biased = b.op('Mul', [turn(b, active, [0, 2, 1, 3]), b.op('Reshape', [bias], { shape: [1, 1, 1, 4] })], {})
      return turn(b, b.op('Tanh', [biased], {}), [0, 1, 3, 2])
    })
    expect(countOps(graph, 'Transpose')).toBe(0)
  })

  it('move a transpose through a reduction whose other axes keep their order', async () => {
    const graph = await optimized((b, input) =>
      b.op('ReduceSum', [turn(b, input, [1, 2, 0, 3])], { axes: [0, 1, 2], keepDims: false })
    )
    expect(printGraph(graph)).not.toContain('Transpose')
  })

  it('keep the order of the axes that a reduction leaves', async () => {
    await optimized((b, input) => b.op('ReduceMax', [turn(b, input, [3, 1, 0, 2])], { axes: [1], keepDims: false }))
    await optimized((b, input) => b.op('ReduceSum', [turn(b, input, [3, 1, 0, 2])], { axes: [0, 2], keepDims: true }))
  })

  it('move transposes through concatenation, slices and pads', async () => {
    const graph = await optimized((b, input) => {
      const turned = turn(b, input, [2, 0, 1, 3])
      const joined = b.op('Concat', [turned, b.op('Neg', [turned], {})], { axis: 1 })
      const part = b.op('Slice', [joined], { starts: [1, 3], ends: [4, 1], axes: [0, 1], steps: [2, -1] })
      const padded = b.op('Pad', [part], { pads: [1, 0, 2, 0, 0, 3, 0, 1], value: 2, mode: 'constant' })
      return turn(b, padded, [1, 2, 0, 3])
    })
    expect(countOps(graph, 'Transpose')).toBe(0)
  })

  it('fold scalars and remove neutral elements', async () => {
    const graph = await optimized((b, input) => {
      const one = b.op('Sub', [b.scalar(3), b.op('Mul', [b.scalar(2), b.scalar(1)], {})], {})
      const spread = b.op('Expand', [one], { shape: input.shape })
      return b.op('Add', [b.op('Mul', [input, spread], {}), b.op('Expand', [b.scalar(0)], { shape: input.shape })], {})
    })
    expect(printGraph(graph)).toBe('%0 = input x : float32[2,3,4,5]\noutput y = %0')
  })

  it('join reshapes and turn transposes of single axes into reshapes', async () => {
    const graph = await optimized((b, input) => {
      const flat = b.op('Reshape', [b.op('Reshape', [input], { shape: [6, 20] })], { shape: [120, 1] })
      return turn(b, flat, [1, 0])
    })
    expect(printGraph(graph)).toContain('%1 = Reshape %0 shape=[1,120]')
  })

  it('do not move a small transposed input’s order onto a large one that has none', async () => {
    const graph = await optimized((b, input) => {
      const small = b.op('Slice', [input], { starts: [0], ends: [1], axes: [1], steps: [1] })
      const turned = turn(b, b.op('Reshape', [small], { shape: [4, 2, 1, 5] }), [1, 2, 0, 3])
      return b.op('Mul', [input, turned], {})
    })
    expect(countOps(graph, 'Transpose')).toBe(1)
  })
})
