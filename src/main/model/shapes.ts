import type { ProblemCode } from '../../shared/architecture/problems'
import type { InEveryLanguage } from '../../shared/language'
import type { MisfitText } from './finding'

/** A tensor's shape without its batch dimension, as [height, width, channels]. */
export type Shape = readonly number[]

/** What is wrong with the shapes at a layer; whoever walks the network adds which layer it is. */
export class ShapeProblem extends Error {
  override readonly name = 'ShapeProblem'
  readonly text: InEveryLanguage<MisfitText>
  readonly code: ProblemCode

  constructor(text: InEveryLanguage<MisfitText>, code: ProblemCode = 'layer-inputs-unfit') {
    super(`expected ${text.en.expected}, got ${text.en.actual}`)
    this.text = text
    this.code = code
  }
}

/** "32×32×3", or "one number" for a shape without dimensions. */
export const formatShape = (shape: Shape): string => (shape.length === 0 ? 'one number' : shape.join('×'))

export const isSameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dimension, axis) => dimension === b[axis])

/** n as [n, n]; a pair as it is. */
export const toPair = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : value

type Side = readonly [number, number]

/** n, [vertical, horizontal] or [[top, bottom], [left, right]] in the last form. */
export function toBorders(value: number | readonly [number | Side, number | Side]): readonly [Side, Side] {
  const [vertical, horizontal] = typeof value === 'number' ? [value, value] : value
  return [toPair(vertical), toPair(horizontal)]
}

/** The shape of a layer's only input. */
export function onlyInput(inputs: readonly Shape[]): Shape {
  const [first, ...others] = inputs
  if (first === undefined || others.length > 0) {
    const count = inputs.length
    throw new ShapeProblem({
      en: { expected: 'one input', actual: `${count} inputs`, todo: 'name one layer in its inputs' },
      pl: { expected: 'jedno wejście', actual: `wejść: ${count}`, todo: 'podaj w jej wejściach jedną warstwę' }
    })
  }
  return first
}

/** The shape of a layer's only input, which must be [height, width, channels]. */
export function onlyMaps(inputs: readonly Shape[]): readonly [number, number, number] {
  const shape = onlyInput(inputs)
  const [height, width, channels] = shape
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new ShapeProblem({
      en: {
        expected: 'maps of shape height×width×channels',
        actual: formatShape(shape),
        todo: 'put a Reshape layer before it, or use a layer for plain numbers'
      },
      pl: {
        expected: 'mapy o kształcie wysokość×szerokość×kanały',
        actual: formatShape(shape),
        todo: 'wstaw przed nią warstwę Reshape albo użyj warstwy dla zwykłych liczb'
      }
    })
  }
  return [height, width, channels]
}

/** The last dimension of a layer's only input, which must have at least one. */
export function lastDimension(inputs: readonly Shape[]): number {
  const last = onlyInput(inputs).at(-1)
  if (last === undefined) {
    throw new ShapeProblem({
      en: {
        expected: 'an input with at least one dimension',
        actual: 'one number',
        todo: 'put an Embedding layer before it'
      },
      pl: {
        expected: 'wejście o co najmniej jednym wymiarze',
        actual: 'jedna liczba',
        todo: 'wstaw przed nią warstwę Embedding'
      }
    })
  }
  return last
}

/** Shapes of several inputs, at least two. */
export function severalInputs(inputs: readonly Shape[]): readonly [Shape, Shape, ...Shape[]] {
  const [first, second, ...others] = inputs
  if (first === undefined || second === undefined) {
    const count = inputs.length
    throw new ShapeProblem({
      en: { expected: 'two or more inputs', actual: `${count}`, todo: 'name the layers to join in its inputs' },
      pl: {
        expected: 'dwa wejścia lub więcej',
        actual: `${count}`,
        todo: 'podaj w jej wejściach warstwy do połączenia'
      }
    })
  }
  return [first, second, ...others]
}
