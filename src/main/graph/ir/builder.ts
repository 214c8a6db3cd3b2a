import { createHash } from 'node:crypto'
import { sizeOf, type TensorData } from '../../../shared/tensor'
import { type ElementType, GraphError, inferRules, type OpAttributes, type OpName } from './ops'
import type { ConstantValue, InputValue, OpValue, Origin, Value } from './value'

/** Equal contents have equal fingerprints, so that equal constants become one value whatever their size. */
function fingerprint(data: TensorData): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return createHash('sha256').update(bytes).digest('base64')
}

/** JSON writes infinities and NaN all as null. */
const spellNumber = (_: string, value: unknown): unknown => (typeof value === 'number' ? String(value) : value)

/**
 * Makes the values of one graph. What was made once is not made again: the same operator on the same inputs with the
 * same attributes is the same value, so common subexpressions need no pass of their own.
 */
export class GraphBuilder {
  readonly #known = new Map<string, Value>()
  #nextId = 0
  /** Given to each operator made from here on. */
  origin: Origin = { kernel: '', layer: '' }

  input(name: string, dtype: ElementType, shape: readonly number[]): InputValue {
    const key = `input ${name}`
    const known = this.#known.get(key)
    if (known?.kind === 'input') {
      return known
    }
    const value: InputValue = { kind: 'input', id: this.#nextId++, name, dtype, shape }
    this.#known.set(key, value)
    return value
  }

  constant(dtype: ElementType, shape: readonly number[], data: TensorData): ConstantValue {
    if (data.length !== sizeOf(shape)) {
      throw new GraphError(`expected ${sizeOf(shape)} elements for [${shape.join(',')}], got ${data.length}`)
    }
    const key = `constant ${dtype}[${shape.join(',')}] ${fingerprint(data)}`
    const known = this.#known.get(key)
    if (known?.kind === 'constant') {
      return known
    }
    const value: ConstantValue = { kind: 'constant', id: this.#nextId++, dtype, shape, data }
    this.#known.set(key, value)
    return value
  }

  /** A float32 scalar of shape []. */
  scalar(value: number): ConstantValue {
    return this.constant('float32', [], Float32Array.of(value))
  }

  /** The value of `op` on `inputs`; its type is inferred. Throws `GraphError` where types do not fit. */
  op<Op extends OpName>(op: Op, inputs: readonly Value[], attributes: OpAttributes[Op]): Value {
    const key = `${op}(${inputs.map(({ id }) => id).join(',')})${JSON.stringify(attributes, spellNumber)}`
    const known = this.#known.get(key)
    if (known !== undefined) {
      return known
    }
    const value: OpValue<Op> = {
      kind: 'op',
      id: this.#nextId++,
      op,
      inputs,
      attributes,
      origin: this.origin,
      ...this.#infer(op, inputs, attributes)
    }
    this.#known.set(key, value)
    return value
  }

  #infer<Op extends OpName>(op: Op, inputs: readonly Value[], attributes: OpAttributes[Op]) {
    try {
      // A rule may answer with an input itself, which is more than a type.
      const { dtype, shape } = inferRules[op](inputs, attributes)
      return { dtype, shape }
    } catch (error) {
      const { kernel, layer } = this.origin
      const message = error instanceof Error ? error.message : String(error)
      throw new GraphError(`${op} in the lowering of ${kernel}${layer === '' ? '' : ` (${layer})`}: ${message}`)
    }
  }
}
