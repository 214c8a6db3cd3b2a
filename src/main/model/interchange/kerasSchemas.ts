import { z } from 'zod'

/** A layer as every version of Keras, and tfjs, writes it. Fields that Kwiat does not read are passed over. */
export const kerasLayerSchema = z.object({
  class_name: z.string().max(200),
  name: z.string().max(500).optional(),
  config: z.looseObject({ name: z.string().max(500).optional(), trainable: z.boolean().optional() }),
  inbound_nodes: z.array(z.unknown()).optional()
})
export type KerasLayer = z.infer<typeof kerasLayerSchema>

const layers = z.array(kerasLayerSchema)

const modelClasses = ['Sequential', 'Functional', 'Model'] as const
type ModelClass = (typeof modelClasses)[number]

/** A model: its layers, and for a functional one what it gives. Early Keras 2 wrote a sequential one's layers alone. */
const kerasModelSchema = z.object({
  class_name: z.enum(modelClasses),
  config: z.union([
    layers.transform((list) => ({ name: undefined, trainable: undefined, layers: list, output_layers: undefined })),
    z.object({
      name: z.string().max(500).optional(),
      trainable: z.boolean().optional(),
      layers,
      output_layers: z.unknown().optional()
    })
  ])
})

/** A model of Keras as data. */
export interface KerasModel {
  readonly class: ModelClass
  readonly isFrozen: boolean
  readonly layers: readonly KerasLayer[]
  /** Name of the layer whose output is the model's; undefined for the last one. */
  readonly output: string | undefined
}

/** The first text in lists of lists, as in [["dense", 0, 0]]. */
function firstText(value: unknown): string | undefined {
  let inner = value
  for (let depth = 0; depth < 3 && Array.isArray(inner); depth++) {
    inner = inner[0]
  }
  return typeof inner === 'string' ? inner : undefined
}

/** The model that a value describes; null where it does not describe one. */
export function toKerasModel(value: unknown): KerasModel | null {
  const parsed = kerasModelSchema.safeParse(value)
  if (!parsed.success) {
    return null
  }
  const { class_name, config } = parsed.data
  return {
    class: class_name,
    isFrozen: config.trainable === false,
    layers: config.layers,
    output: firstText(config.output_layers)
  }
}

const historySchema = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.object({ keras_history: z.array(z.unknown()).min(1) })
})

/** Names of the layers that a node of `inbound_nodes` reads, in whichever version it was written. */
export function namesRead(node: unknown): readonly string[] {
  const tensor = historySchema.safeParse(node)
  if (tensor.success) {
    const [name] = tensor.data.config.keras_history
    return typeof name === 'string' ? [name] : []
  }
  if (Array.isArray(node)) {
    // Keras 2: ["dense", 0, 0, {}], alone or in a list.
    return typeof node[0] === 'string' ? [node[0]] : node.flatMap(namesRead)
  }
  const call = z.object({ args: z.array(z.unknown()) }).safeParse(node)
  return call.success ? call.data.args.flatMap(namesRead) : []
}
