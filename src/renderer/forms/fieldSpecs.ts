import { z } from 'zod'
import { type LayerSpec, layerSchema } from '../../shared/architecture/layers'
import { valueAt } from '../../shared/config/fieldSchema'
import { runConfigurationSchema } from '../../shared/config/runConfiguration'

interface CommonSpec {
  /** Way to the field in the configuration, as "schedule.batchSize". */
  readonly path: string
  /** Last part of the path. */
  readonly name: string
  /** One line: what the value does. */
  readonly meaning: string
  readonly unit: string | null
  /** What the schema fills in. */
  readonly initial: unknown
}

interface NumberSpec extends CommonSpec {
  readonly kind: 'number'
  readonly whole: boolean
  readonly min: number
  readonly max: number
  /** Null may stand for "off". */
  readonly optional: boolean
}

interface ChoiceSpec extends CommonSpec {
  readonly kind: 'choice'
  readonly options: readonly string[]
}

interface FlagSpec extends CommonSpec {
  readonly kind: 'flag'
}

/** A list of words, as the classes to learn from. */
interface WordsSpec extends CommonSpec {
  readonly kind: 'words'
}

/** One number or several, as [height, width]. */
export interface NumbersSpec extends CommonSpec {
  readonly kind: 'numbers'
  readonly whole: boolean
  readonly min: number
  readonly max: number
  /** How many there may be. */
  readonly counts: readonly number[]
  /** True where one number stands in a list all the same. */
  readonly isList: boolean
  /** May be left out. */
  readonly optional: boolean
}

/** A word, as a name, that may be left out. */
interface TextSpec extends CommonSpec {
  readonly kind: 'text'
}

export type FieldSpec = NumberSpec | ChoiceSpec | FlagSpec | WordsSpec | NumbersSpec | TextSpec

/** The parts of the configuration that forms show, in their order. */
export const groupNames = [
  'data',
  'generatorOptimizer',
  'discriminatorOptimizer',
  'loss',
  'schedule',
  'output'
] as const
export type GroupName = (typeof groupNames)[number]

export interface GroupSpec {
  readonly name: GroupName
  readonly fields: readonly FieldSpec[]
}

/** What the forms read of the configuration's JSON schema. */
const nodeSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  unit: z.string().optional(),
  default: z.unknown().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  get items() {
    return z.union([nodeSchema, z.boolean()]).optional()
  },
  get prefixItems() {
    return z.array(nodeSchema).optional()
  },
  get properties() {
    return z.record(z.string(), nodeSchema).optional()
  },
  get anyOf() {
    return z.array(nodeSchema).optional()
  },
  get oneOf() {
    return z.array(nodeSchema).optional()
  }
})
type Node = z.infer<typeof nodeSchema>

let root: Node | undefined
const rootNode = (): Node => {
  root ??= nodeSchema.parse(z.toJSONSchema(runConfigurationSchema, { io: 'input' }))
  return root
}

const tagName = 'kind'

function numberSpec(common: CommonSpec, node: Node, optional: boolean): NumberSpec {
  const { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = node
  return { ...common, kind: 'number', whole: type === 'integer', min: minimum, max: maximum, optional }
}

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** How many numbers a node stands for: 1, or the sum of its parts, or what its list may hold. */
function countsOf(node: Node): readonly number[] {
  if (node.prefixItems !== undefined) {
    return [node.prefixItems.flatMap(countsOf).reduce((sum, count) => sum + count, 0)]
  }
  return node.type === 'array' ? range(node.minItems ?? 0, node.maxItems ?? 0) : [1]
}

/** The number that a list is made of; null where it is made of something else. */
function numberIn(node: Node): Node | null {
  const [first] = [node.prefixItems ?? [], node.items ?? []].flat().filter((item) => typeof item === 'object')
  if (first === undefined) {
    return node.type === 'integer' || node.type === 'number' ? node : null
  }
  return numberIn(first)
}

function numbersSpec(common: CommonSpec, branches: readonly Node[], optional: boolean): NumbersSpec | null {
  const numbers = branches.map(numberIn)
  const [first] = numbers
  if (first === undefined || first === null || numbers.includes(null)) {
    return null
  }
  const { whole, min, max } = numberSpec(common, first, optional)
  const isList = branches.every(({ type }) => type === 'array')
  return { ...common, kind: 'numbers', whole, min, max, counts: branches.flatMap(countsOf), isList, optional }
}

/** A field of one type; null for a type that there is no control for. */
function plainSpec(common: CommonSpec, node: Node, optional: boolean): FieldSpec | null {
  switch (node.type) {
    case 'integer':
    case 'number':
      return numberSpec(common, node, optional)
    case 'boolean':
      return { ...common, kind: 'flag' }
    case 'array':
      return numbersSpec(common, [node], optional) ?? { ...common, kind: 'words' }
    case 'string':
      return { ...common, kind: 'text' }
    default:
      return null
  }
}

/** @throws Error for a kind of field that no form control exists for: a bug, found by the test that makes all forms */
function fieldSpec(path: string, name: string, node: Node, isRequired: boolean): FieldSpec {
  const common = { path, name, meaning: node.description ?? '', unit: node.unit ?? null, initial: node.default }
  const optional = !isRequired && node.default === undefined
  const branches = node.anyOf
  if (node.enum !== undefined) {
    return { ...common, kind: 'choice', options: node.enum }
  }
  const some = branches?.find(({ type }) => type !== 'null')
  const spec =
    branches === undefined || some === undefined
      ? plainSpec(common, node, optional)
      : branches.some(({ type }) => type === 'null')
        ? numberSpec(common, some, true)
        : numbersSpec(common, branches, optional)
  if (spec === null) {
    throw new Error(`${path}: no form control for ${JSON.stringify(node)}`)
  }
  return spec
}

const tagOf = (branch: Node): string => String(branch.properties?.[tagName]?.const)

/** The fields of an object, those of objects within it among them; those of a union follow from the tag in `value`. */
function fieldsOf(path: string, node: Node, value: unknown): readonly FieldSpec[] {
  const branches = node.oneOf
  if (branches === undefined) {
    return Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
      child.oneOf === undefined
        ? [fieldSpec(`${path}.${name}`, name, child, node.required?.includes(name) === true)]
        : fieldsOf(`${path}.${name}`, child, valueAt(value, [name]))
    )
  }
  const tag = valueAt(value, [tagName])
  const branch = branches.find((candidate) => tagOf(candidate) === tag) ?? branches[0]!
  const { [tagName]: _, ...fields } = branch.properties ?? {}
  const choice: ChoiceSpec = {
    kind: 'choice',
    path: `${path}.${tagName}`,
    name: tagName,
    meaning: node.description ?? '',
    unit: null,
    initial: valueAt(node.default, [tagName]) ?? tagOf(branches[0]!),
    options: branches.map(tagOf)
  }
  return [choice, ...fieldsOf(path, { ...branch, properties: fields }, value)]
}

/** The form for a configuration like `configuration`, made from its schema: nothing about a field is written here. */
export const groupsFor = (configuration: unknown): readonly GroupSpec[] =>
  groupNames.map((name) => ({
    name,
    fields: fieldsOf(
      name,
      rootNode().properties?.[name] ?? { default: undefined, const: undefined },
      valueAt(configuration, [name])
    )
  }))

let layerNodes: ReadonlyMap<unknown, Node> | undefined
const layerNode = (type: string): Node | undefined => {
  layerNodes ??= new Map(
    nodeSchema
      .parse(z.toJSONSchema(layerSchema, { io: 'input' }))
      .oneOf?.map((branch) => [branch.properties?.type?.const, branch])
  )
  return layerNodes.get(type)
}

/** Where a form of a layer finds it: its fields are "layer.filters", "layer.kernelInitializer.kind" … */
export const layerRoot = 'layer'

/** The form for a layer, made from its schema; what it is and what it reads are shown otherwise. */
export function layerFields(layer: LayerSpec): readonly FieldSpec[] {
  const { type: _, inputs: __, ...properties } = layerNode(layer.type)?.properties ?? {}
  return fieldsOf(layerRoot, { ...layerNode(layer.type), properties }, layer)
}
