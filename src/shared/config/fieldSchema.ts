import { z } from 'zod'
import { runConfigurationSchema } from './runConfiguration'

/** What zod's JSON schema says about one field. */
type Node = z.core.JSONSchema.BaseSchema

/** Steps from the whole configuration to a field: names of fields and positions in lists. */
export type Path = readonly (string | number)[]

let root: Node | undefined

function rootNode(): Node {
  root ??= z.toJSONSchema(runConfigurationSchema, { io: 'input' })
  return root
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const nodesOf = (value: unknown): readonly Node[] => [value].flat().filter(isNode)

/** The value of a field, if `container` is an object or a list that has it. */
const memberOf = (container: unknown, key: string | number): unknown =>
  typeof container === 'object' && container !== null
    ? Object.entries(container).find(([name]) => name === `${key}`)?.[1]
    : undefined

/** The value at `path`. */
export const valueAt = (container: unknown, path: Path): unknown => path.reduce(memberOf, container)

/** True unless a field of `value` contradicts a constant of `branch`, as another "kind". */
const fits = (branch: Node, value: unknown): boolean =>
  Object.entries(branch.properties ?? {}).every(([name, property]) =>
    nodesOf(property).every((node) => node.const === undefined || node.const === memberOf(value, name))
  )

/** The alternatives that a node stands for; those that the value's tag rules out are left out. */
function alternatives(node: Node, value: unknown): readonly Node[] {
  const branches = [...nodesOf(node.oneOf), ...nodesOf(node.anyOf)]
  if (branches.length === 0) {
    return [node]
  }
  const fitting = branches.filter((branch) => fits(branch, value))
  return (fitting.length > 0 ? fitting : branches).flatMap((branch) => alternatives(branch, value))
}

function childrenOf(node: Node, key: string | number): readonly Node[] {
  const property = nodesOf(node.properties?.[key])
  return property.length > 0 ? property : [...nodesOf(node.prefixItems), ...nodesOf(node.items)]
}

/** Everything that may stand at `path` of a configuration like `input`. */
function nodesAt(input: unknown, path: Path): readonly Node[] {
  let nodes: readonly Node[] = [rootNode()]
  path.forEach((key, depth) => {
    const value = valueAt(input, path.slice(0, depth))
    nodes = nodes.flatMap((node) => alternatives(node, value)).flatMap((node) => childrenOf(node, key))
  })
  return nodes
}

/** Names of the fields of the object at `path`. */
export function fieldNamesAt(input: unknown, path: Path): readonly string[] {
  const value = valueAt(input, path)
  const names = nodesAt(input, path)
    .flatMap((node) => alternatives(node, value))
    .flatMap((node) => Object.keys(node.properties ?? {}))
  return [...new Set(names)]
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

/** "a number from 0 to 1", "a list of 1 to 16"; the noun alone where it is not bounded on both sides. */
const inRange = (noun: string, preposition: string, low: number | undefined, high: number | undefined): string =>
  low === undefined || high === undefined ? noun : `${noun} ${preposition} ${low} to ${high}`

function describeObject(node: Node): string {
  const tags = Object.entries(node.properties ?? {}).flatMap(([name, property]) =>
    nodesOf(property).flatMap((tag) => (tag.const === undefined ? [] : `${name} ${JSON.stringify(tag.const)}`))
  )
  return tags.length === 0 ? 'an object' : `an object with ${tags.join(', ')}`
}

function describeNode(node: Node): readonly string[] {
  const branches = [...nodesOf(node.oneOf), ...nodesOf(node.anyOf)]
  if (branches.length > 0) {
    return branches.flatMap(describeNode)
  }
  const words = node.enum ?? (node.const === undefined ? undefined : [node.const])
  if (words !== undefined) {
    return words.map((word) => JSON.stringify(word))
  }
  switch (node.type) {
    case 'integer':
      return [inRange('a whole number', 'from', node.minimum, node.maximum)]
    case 'number':
      return [inRange('a number', 'from', node.minimum, node.maximum)]
    case 'boolean':
      return ['true', 'false']
    case 'string':
      return [node.pattern === undefined ? 'text' : `text that matches ${node.pattern}`]
    case 'array':
      return [inRange('a list', 'of', node.minItems, node.maxItems)]
    case 'null':
      return ['null']
    default:
      return [describeObject(node)]
  }
}

/** What may stand at `path`, as "a whole number from 1 to 1024 (pictures)". */
export function describeField(input: unknown, path: Path): string {
  const nodes = nodesAt(input, path)
  const words = [...new Set(nodes.flatMap(describeNode))]
  const unit = nodes.map((node) => node.unit).find((note) => typeof note === 'string')
  return unit === undefined ? listed(words) : `${listed(words)} (${unit})`
}
