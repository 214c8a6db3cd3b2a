import { equalLists } from './permutation'
import { type Graph, type OpValue, type Value, valuesOf } from './value'

/** Stands in a shape for a length that is known only when the graph is run. */
export const freeLength = -1

/** The shapes of the values whose shapes are not the same in every call, with `freeLength` where they differ. */
export type FreeShapes = ReadonlyMap<Value, readonly number[]>

/** Whether a graph does the same for every batch, and if not, which operator keeps it from that. */
export type FreeBatch =
  | { readonly isFree: true; readonly shapes: FreeShapes }
  | { readonly isFree: false; readonly reason: string }

/**
 * Compares a graph with that of the same program for another batch. They do the same for every batch where they differ in
 * lengths alone, and nothing but the shape that a reshape is told depends on them; such a shape may hold one unknown.
 *
 * @param graph the one that is to be made free
 */
export function findFreeShapes(graph: Graph, other: Graph): FreeBatch {
  const [values, others] = [valuesOf(graph), valuesOf(other)]
  if (values.length !== others.length) {
    return bound('the graph', 'other operators')
  }
  const shapes = new Map<Value, readonly number[]>()
  for (const [i, value] of values.entries()) {
    const shape = commonShape(value, others[i]!)
    if (shape === null) {
      return bound(nameOf(value), 'another operator')
    }
    if (!dependsOnShapeAlone(value, others[i]!) || (isReshape(value) && shape.filter(isFree).length > 1)) {
      return bound(nameOf(value), 'other attributes')
    }
    if (shape.some(isFree)) {
      shapes.set(value, shape)
    }
  }
  return { isFree: true, shapes }
}

const isFree = (length: number): boolean => length === freeLength

const bound = (who: string, what: string): FreeBatch => ({
  isFree: false,
  reason: `${who} has ${what} for another batch`
})

const nameOf = (value: Value): string => (value.kind === 'op' ? `${value.op} of ${value.origin.layer}` : value.kind)

const isReshape = (value: Value): boolean => value.kind === 'op' && value.op === 'Reshape'

/** Null for values of different kinds. */
function commonShape(a: Value, b: Value): readonly number[] | null {
  const isSame = a.kind === b.kind && a.dtype === b.dtype && a.shape.length === b.shape.length
  return isSame ? a.shape.map((length, axis) => (length === b.shape[axis] ? length : freeLength)) : null
}

function dependsOnShapeAlone(a: Value, b: Value): boolean {
  if (a.kind === 'constant' && b.kind === 'constant') {
    return equalLists(a.shape, b.shape) && a.data.every((element, i) => Object.is(element, b.data[i]))
  }
  if (a.kind === 'op' && b.kind === 'op') {
    return a.op === b.op && (isReshape(a) || sameAttributes(a, b))
  }
  return true
}

const spell = (attributes: unknown): string =>
  JSON.stringify(attributes, (_, value: unknown) => (typeof value === 'number' ? String(value) : value))

const sameAttributes = (a: OpValue, b: OpValue): boolean => spell(a.attributes) === spell(b.attributes)
