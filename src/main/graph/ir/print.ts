import { type ConstantValue, type Graph, type OpValue, type Value, valuesOf } from './value'

const shownElements = 4

const showConstant = ({ data }: ConstantValue): string => {
  const shown = Array.from(data.slice(0, shownElements), (element) => Number(element.toPrecision(6)))
  return `constant ${shown.join(' ')}${data.length > shownElements ? ' …' : ''}`
}

const showAttributes = (attributes: object): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    .join('')

const showOrigin = ({ origin }: OpValue): string => {
  const parts = [origin.kernel, origin.layer].filter((part) => part !== '')
  return parts.length === 0 ? '' : `  # ${parts.join(' of ')}`
}

/**
 * The graph as text, one value a line: `%3 = Add %1 %2 : float32[2,3]  # AddV2 of dense`. Values are numbered anew in
 * their order, so that equal graphs print equally.
 */
export function printGraph(graph: Graph): string {
  const numbers = new Map<Value, number>()
  const name = (value: Value) => `%${numbers.get(value)}`
  const body = (value: Value): string => {
    if (value.kind === 'input') {
      return `input ${value.name}`
    }
    return value.kind === 'constant'
      ? showConstant(value)
      : [value.op, ...value.inputs.map(name)].join(' ') + showAttributes(value.attributes)
  }
  const lines = valuesOf(graph).map((value, number) => {
    numbers.set(value, number)
    const origin = value.kind === 'op' ? showOrigin(value) : ''
    return `%${number} = ${body(value)} : ${value.dtype}[${value.shape.join(',')}]${origin}`
  })
  const outputs = Array.from(graph.outputs, ([output, value]) => `output ${output} = ${name(value)}`)
  return [...lines, ...outputs].join('\n')
}
