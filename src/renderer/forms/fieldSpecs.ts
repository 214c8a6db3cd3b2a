import { z } from 'zod'
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

export type FieldSpec = NumberSpec | ChoiceSpec | FlagSpec | WordsSpec

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

/** @throws Error for a kind of field that no form control exists for: a bug, found by the test that makes all forms */
function fieldSpec(path: string, name: string, node: Node): FieldSpec {
  const common = { path, name, meaning: node.description ?? '', unit: node.unit ?? null, initial: node.default }
  const some = node.anyOf?.find(({ type }) => type !== 'null')
  if (some !== undefined) {
    return numberSpec(common, some, true)
  }
  if (node.enum !== undefined) {
    return { ...common, kind: 'choice', options: node.enum }
  }
  switch (node.type) {
    case 'integer':
    case 'number':
      return numberSpec(common, node, false)
    case 'boolean':
      return { ...common, kind: 'flag' }
    case 'array':
      return { ...common, kind: 'words' }
    default:
      throw new Error(`${path}: no form control for ${JSON.stringify(node)}`)
  }
}

const tagOf = (branch: Node): string => String(branch.properties?.[tagName]?.const)

/** The fields of an object; those of a union follow from the tag that `value` holds. */
function fieldsOf(path: string, node: Node, value: unknown): readonly FieldSpec[] {
  const branches = node.oneOf
  if (branches === undefined) {
    return Object.entries(node.properties ?? {}).map(([name, child]) => fieldSpec(`${path}.${name}`, name, child))
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
    initial: tagOf(branches[0]!),
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
