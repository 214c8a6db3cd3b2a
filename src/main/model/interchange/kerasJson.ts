import { z } from 'zod'
import { type Architecture, architectureSchema } from '../../../shared/architecture/architecture'
import type { Role } from '../../../shared/architecture/roles'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { examineNetwork } from '../examination'
import { type Imported, unreadable, withArchitecture } from './imported'
import { type ReadNetwork, readKerasNetwork } from './kerasNetwork'
import { type KerasLayer, type KerasModel, toKerasModel } from './kerasSchemas'

/** Where tfjs and Keras' own files of weights keep the model; a model by itself otherwise. */
const wrappedSchema = z.union([
  z
    .looseObject({ modelTopology: z.looseObject({ model_config: z.unknown() }) })
    .transform(({ modelTopology }) => modelTopology.model_config),
  z.looseObject({ modelTopology: z.unknown() }).transform(({ modelTopology }) => modelTopology),
  z.unknown()
])

const isGraphModel = (value: unknown): boolean =>
  z.looseObject({ modelTopology: z.looseObject({ node: z.array(z.unknown()) }) }).safeParse(value).success

const versionSchema = z.looseObject({ keras_version: z.string().optional(), module: z.string().optional() })

/** "Keras 3", "Keras 2.4.0" or "tfjs". */
function formatOf(value: unknown): string {
  const isTfjs = z
    .looseObject({ modelTopology: z.unknown() })
    .refine(({ modelTopology }) => modelTopology !== undefined)
    .safeParse(value).success
  const inner = versionSchema.safeParse(wrappedSchema.parse(value)).data
  const version = inner?.keras_version ?? (inner?.module === undefined ? '2' : '3')
  return isTfjs ? 'tfjs' : `Keras ${version.slice(0, 20)}`
}

type Sides = readonly (number | null)[]

/** A model and what its input is, [height, width, channels] or [numbers]; null is "any". */
interface NamedModel {
  readonly who: string
  readonly model: KerasModel
  readonly inputShape: Sides
}

const batchShape = z.array(z.number().nullable()).min(2).max(8)

/** The first shape that a layer says it takes, with or without the batch dimension. */
function inputShapeOf(model: KerasModel): Sides | null {
  const isInput = ({ class_name }: KerasLayer) => class_name === 'InputLayer'
  for (const layer of [...model.layers.filter(isInput), ...model.layers.slice(0, 1)]) {
    const { batch_input_shape, batch_shape, batchInputShape } = layer.config
    const shape = batchShape.safeParse(batch_shape ?? batch_input_shape ?? batchInputShape)
    const nested = toKerasModel(layer)
    if (shape.success) {
      return shape.data.slice(1)
    }
    if (nested !== null) {
      return inputShapeOf(nested)
    }
  }
  return null
}

/** The models in a value: itself, those of a list, or those that a joined GAN is made of. */
function modelsIn(who: string, value: unknown): readonly NamedModel[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => modelsIn(who, item))
  }
  const model = toKerasModel(wrappedSchema.parse(value))
  if (model === null) {
    return []
  }
  const parts = model.layers.flatMap((layer) => toKerasModel(layer) ?? [])
  const isJoined =
    parts.length > 1 && model.layers.every((layer) => layer.class_name === 'InputLayer' || toKerasModel(layer) !== null)
  return (isJoined ? parts : [model]).map((part) => ({ who, model: part, inputShape: checkInput(who, part) }))
}

function checkInput(who: string, model: KerasModel): Sides {
  const inputs = model.layers.filter(({ class_name }) => class_name === 'InputLayer')
  if (inputs.length > 1) {
    throw unreadable(
      who,
      'a network with one input',
      `one with ${inputs.length}`,
      'choose an unconditional generator or discriminator'
    )
  }
  const shape = inputShapeOf(model)
  if (shape === null) {
    throw unreadable(
      who,
      'a model that says what its input is',
      'one without',
      'build it with an Input layer and save it again'
    )
  }
  return shape
}

/** Numbers go into a generator, pictures into a discriminator. */
function roleOf({ who, inputShape }: NamedModel): Role {
  if (inputShape.length === 1) {
    return 'generator'
  }
  if (inputShape.length === 3) {
    return 'discriminator'
  }
  throw unreadable(
    who,
    'a generator, which takes a vector, or a discriminator, which takes pictures',
    `a model that takes an input of ${inputShape.length} dimensions`,
    'choose another model'
  )
}

type Networks = Partial<Record<Role, ReadNetwork & NamedModel>>

function readNetworks(models: readonly NamedModel[]): Networks {
  const networks: Networks = {}
  for (const named of models) {
    const role = roleOf(named)
    if (networks[role] !== undefined) {
      throw unreadable(
        named.who,
        'one generator and one discriminator',
        `two of the kind ${role}`,
        'choose a file of each'
      )
    }
    const read = readKerasNetwork(named.who, role, named.model)
    if (read.layers.length === 0) {
      const types = read.unknownLayers.map(({ type }) => type).join(', ')
      throw unreadable(
        named.who,
        'layers that Kwiat has',
        types === '' ? 'none' : `only ${types}`,
        'choose another model'
      )
    }
    networks[role] = { ...named, ...read }
  }
  return networks
}

/** The pictures' size and colours: those that the discriminator takes, or else those that the generator makes. */
function pictureOf({ generator, discriminator }: Networks): Sides {
  if (discriminator !== undefined) {
    return discriminator.inputShape
  }
  const [latentSize] = generator?.inputShape ?? []
  const isKnown = generator !== undefined && typeof latentSize === 'number'
  return isKnown
    ? (examineNetwork('generator', generator.layers, new Map([['input', [latentSize]]])).outputShape ?? [])
    : []
}

function toArchitecture(who: string, networks: Networks, base: Architecture): Architecture {
  const [height, width, channels] = pictureOf(networks)
  if (height !== width) {
    throw unreadable(who, 'square pictures', `${height}×${width}`, 'choose a model for square pictures')
  }
  const given = {
    latentSize: networks.generator?.inputShape[0],
    pictureSize: height,
    channels,
    generator: networks.generator?.layers,
    discriminator: networks.discriminator?.layers
  }
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
  const parsed = architectureSchema.safeParse({ ...base, ...fields })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const actual = `another ${issue?.path.join('.') ?? 'size'} (${issue?.message ?? 'not valid'})`
    throw unreadable(who, 'networks of sizes that Kwiat takes', actual, 'choose another model')
  }
  return parsed.data
}

/** What a text holds, and what to call it in messages. */
export interface NamedValue {
  readonly who: string
  readonly value: unknown
}

/**
 * Reads networks of Keras 2, Keras 3 or tfjs: a generator and a discriminator in two texts, in one list, or joined to a
 * GAN; or one of them alone, the other staying as in `base`.
 *
 * @throws KwiatError `model-unreadable`
 */
export function readKerasJson(values: readonly NamedValue[], base: RunConfiguration): Imported {
  const graph = values.find(({ value }) => isGraphModel(value))
  if (graph !== undefined) {
    throw unreadable(
      graph.who,
      'a layers model',
      'a graph model, which has no layers any more',
      'convert the Keras model again as a layers model'
    )
  }
  const models = values.flatMap(({ who, value }) => modelsIn(who, value))
  const who = values[0]?.who ?? 'model'
  if (models.length === 0) {
    throw unreadable(who, 'networks as Keras, tfjs or Kwiat write them as JSON', 'other JSON', 'choose another file')
  }
  const networks = readNetworks(models)
  const read = [networks.generator ?? [], networks.discriminator ?? []].flat()
  return {
    configuration: withArchitecture(base, toArchitecture(who, networks, base.architecture)),
    format: formatOf(values[0]?.value),
    networks: (['generator', 'discriminator'] as const).filter((role) => networks[role] !== undefined),
    notes: read.flatMap(({ notes }) => notes),
    unknownLayers: read.flatMap(({ unknownLayers }) => unknownLayers)
  }
}
