import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers' // registers the gradients
import { expect } from 'vitest'
import { createEagerEngine, javaScriptBackend } from '../../src/main/engine/eager/eagerEngine'
import type { Engine } from '../../src/main/engine/engine'
import { createOrtEngine } from '../../src/main/engine/ort/ortEngine'
import type { Program } from '../../src/main/step/program'
import { Random } from '../../src/shared/random/random'
import { type HostTensor, sizeOf, type TensorData } from '../../src/shared/tensor'

/** A function of tensors, as tests write it. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[]

const hasRank = <R extends tf.Rank>(x: tf.Tensor, rank: R): x is tf.Tensor<R> => `R${x.rank}` === rank

function ofRank<R extends tf.Rank>(x: tf.Tensor, rank: R): tf.Tensor<R> {
  if (!hasRank(x, rank)) {
    throw new Error(`expected ${rank}, got [${x.shape}]`)
  }
  return x
}

// tfjs wants to know the rank of what it convolves, pools or multiplies.
export const rank1 = (x: tf.Tensor): tf.Tensor1D => ofRank(x, tf.Rank.R1)
export const rank2 = (x: tf.Tensor): tf.Tensor2D => ofRank(x, tf.Rank.R2)
export const rank3 = (x: tf.Tensor): tf.Tensor3D => ofRank(x, tf.Rank.R3)
export const rank4 = (x: tf.Tensor): tf.Tensor4D => ofRank(x, tf.Rank.R4)
export const rank5 = (x: tf.Tensor): tf.Tensor5D => ofRank(x, tf.Rank.R5)

/** Draws one input of a test. */
export type Draw = (random: Random) => HostTensor

/** N(0, 1) */
export const normal =
  (...shape: number[]): Draw =>
  (random) => ({ dtype: 'float32', shape, data: random.normals(sizeOf(shape)) })

/** U(low, high) */
export const uniform =
  (low: number, high: number, ...shape: number[]): Draw =>
  (random) => ({ dtype: 'float32', shape, data: random.uniforms(sizeOf(shape), low, high) })

/** Uniform integers in [low, high). */
export const integers =
  (low: number, high: number, ...shape: number[]): Draw =>
  (random) => ({
    dtype: 'int32',
    shape,
    data: Int32Array.from({ length: sizeOf(shape) }, () => low + random.integer(high - low))
  })

export const booleans =
  (...shape: number[]): Draw =>
  (random) => ({ dtype: 'bool', shape, data: Uint8Array.from({ length: sizeOf(shape) }, () => random.integer(2)) })

/** The same numbers each time. */
export const exactly =
  (
    values: readonly number[],
    dtype: 'float32' | 'int32' = 'float32',
    shape: readonly number[] = [values.length]
  ): Draw =>
  () => ({ dtype, shape, data: dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values) })

const eager = createEagerEngine(javaScriptBackend)
const compiled = createOrtEngine({ threads: 1 })

/** Runs `program` once, from the values that its variables have now; gives its outputs, then its assigned state. */
async function runOnce(engine: Engine, program: Program, inputs: Record<string, HostTensor>) {
  const executable = await engine.prepare(program)
  const state = await engine.createState(
    new Map(Array.from(program.variables, ([name, variable]) => [name, hostTensor(variable)]))
  )
  const outputs = await executable.run(state, inputs)
  const result = new Map([...Object.entries(outputs), ...(await state.read())])
  await executable.dispose()
  await state.dispose()
  return result
}

function hostTensor(tensor: tf.Tensor): HostTensor {
  const { dtype, shape } = tensor
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new Error(`parity: expected float32, int32 or bool, got ${dtype}`)
  }
  return { dtype, shape, data: tensor.dataSync().slice() }
}

const largest = (data: TensorData): number => {
  let most = 0
  for (const element of data) {
    most = Number.isFinite(element) ? Math.max(most, Math.abs(element)) : most
  }
  return most
}

/** Largest difference of two tensors, relative to the largest element; infinite where only one is NaN or infinite. */
function relativeDifference(actual: TensorData, expected: TensorData): number {
  const scale = largest(expected) || 1
  let most = 0
  expected.forEach((element, i) => {
    const difference = Object.is(actual[i], element) ? 0 : Math.abs(actual[i]! - element) / scale
    most = Math.max(most, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference)
  })
  return most
}

function expectAgreement(name: string, actual: HostTensor, expected: HostTensor): void {
  expect({ name, dtype: actual.dtype, shape: actual.shape }).toEqual({
    name,
    dtype: expected.dtype,
    shape: expected.shape
  })
  expect(relativeDifference(actual.data, expected.data), `relative difference of ${name}`).toBeLessThanOrEqual(
    expected.dtype === 'float32' ? compiled.tolerance : 0
  )
}

/**
 * Runs `program` on the compiling engine and kernel by kernel on tfjs' JavaScript backend and expects the same outputs
 * and the same variables afterwards, relative to the largest element of each tensor. Gives the reference's outputs.
 */
export async function expectSameProgram(
  program: Program,
  inputs: Record<string, HostTensor>
): Promise<Map<string, HostTensor>> {
  await tf.setBackend('cpu')
  const actual = await runOnce(compiled, program, inputs)
  const expected = await runOnce(eager, program, inputs)
  for (const [name, tensor] of expected) {
    expectAgreement(`${program.name}: ${name}`, actual.get(name)!, tensor)
  }
  return expected
}

const asList = <Item>(items: Item | Item[]): Item[] => (Array.isArray(items) ? items : [items])

/** Shapes and types of what `run` gives. */
function outputsOf(run: TensorFunction, inputs: readonly HostTensor[]) {
  return tf.tidy(() =>
    asList(run(...inputs.map(({ data, shape, dtype }) => tf.tensor(data, [...shape], toTfjs(dtype))))).map(
      ({ dtype, shape }) => ({ dtype, shape })
    )
  )
}

const toTfjs = (dtype: HostTensor['dtype']) => (dtype === 'uint8' ? 'int32' : dtype)

/** Σ outputₖ · dyₖ over the outputs that are floats: its gradient is dyₖ carried back. */
const weighted = (outputs: readonly tf.Tensor[], weights: readonly tf.Tensor[]): tf.Scalar =>
  tf.addN(weights.map((weight, k) => tf.sum(tf.mul(outputs.filter(({ dtype }) => dtype === 'float32')[k]!, weight))))

/** `run` and the gradients with respect to all its float32 inputs as a program, and what to run it with. */
interface ParityProgram {
  readonly program: Program
  readonly inputs: Record<string, HostTensor>
}

/**
 * A program that gives the outputs of `run` and, where it has float32 inputs and outputs, the gradients of random
 * weights times its outputs.
 *
 * @param gradient false for functions that have no gradient in tfjs
 */
export function parityProgram(
  name: string,
  run: TensorFunction,
  inputs: readonly HostTensor[],
  gradient = true
): ParityProgram {
  const outputs = outputsOf(run, inputs)
  const random = new Random(2, 'generate')
  const weights = outputs.filter(({ dtype }) => dtype === 'float32').map(({ shape }) => normal(...shape)(random))
  const floats = inputs.flatMap(({ dtype }, i) => (dtype === 'float32' ? [i] : []))
  const takesGradient = gradient && floats.length > 0 && weights.length > 0
  const named = Object.fromEntries([
    ...inputs.map((input, i) => [`x${i}`, input] as const),
    ...weights.map((weight, k) => [`weight${k}`, weight] as const)
  ])
  const program: Program = {
    name,
    inputs: named,
    variables: new Map(),
    outputs: [...outputs.map((_, k) => `y${k}`), ...(takesGradient ? floats.map((i) => `dx${i}`) : [])],
    run: (given) => {
      const all = inputs.map((_, i) => given[`x${i}`]!)
      const values = asList(run(...all)).map((y, k) => [`y${k}`, y] as const)
      const loss = (...active: tf.Tensor[]) =>
        weighted(
          asList(run(...all.map((x, i) => (floats.includes(i) ? active[floats.indexOf(i)]! : x)))),
          weights.map((_, k) => given[`weight${k}`]!)
        )
      const gradients = takesGradient ? tf.grads(loss)(floats.map((i) => all[i]!)) : []
      return Object.fromEntries([...values, ...gradients.map((dx, j) => [`dx${floats[j]}`, dx] as const)])
    }
  }
  return { program, inputs: named }
}

/**
 * Expects that `run`, compiled, gives what tfjs' JavaScript backend gives, and so do the gradients with respect to all
 * float32 inputs (of random weights times its float32 outputs).
 *
 * @param gradient false for functions that have no gradient in tfjs
 */
export async function expectParity(
  name: string,
  run: TensorFunction,
  inputs: readonly HostTensor[],
  gradient = true
): Promise<void> {
  await tf.setBackend('cpu')
  const { program, inputs: named } = parityProgram(name, run, inputs, gradient)
  await expectSameProgram(program, named)
}
