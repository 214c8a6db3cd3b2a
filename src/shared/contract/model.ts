import { z } from 'zod'
import { problemSchema } from '../architecture/problems'
import { roleSchema } from '../architecture/roles'
import { runConfigurationSchema } from '../config/runConfiguration'
import { languageSchema } from '../language'
import { request } from './declare'
import { engineChoiceSchema } from './training'

const whole = z.int().min(0)
const bytes = z.number().min(0)
/** Without the batch dimension, as [height, width, channels]. */
const shape = z.array(z.int()).readonly()

/** The three questions that the seed notebook asks of each layer. */
const explanationSchema = z.strictObject({ does: z.string(), why: z.string(), values: z.string() })
export type Explanation = z.infer<typeof explanationSchema>

/** A layer and all that follows from its fields and its inputs; null is what can't be known while something is wrong. */
const layerCardSchema = z.strictObject({
  /** Unique within its network. */
  name: z.string(),
  /** Where its fields are: `configuration.architecture[network][position]`. */
  position: whole,
  /** The type with its activation, as "Conv2D, tanh". */
  title: z.string(),
  /** Names of what it reads. */
  inputs: z.array(z.string()).readonly(),
  /** True where it reads something else than just the layer before it. */
  isBranch: z.boolean(),
  outputShape: shape.nullable(),
  parameters: whole.nullable(),
  trainableParameters: whole.nullable(),
  /** In one forward pass of one picture. */
  multiplyAdds: whole.nullable(),
  /** Share of the time of one iteration over both networks, 0 … 1. */
  share: z.number().min(0).max(1).nullable(),
  /** Memory in training that is there for this layer: what is kept of its results for the gradient, its weights with all that belongs to them. */
  trainingBytes: bytes.nullable(),
  /**
   * Pixels of the picture, [height, width]: in a discriminator those that one number of its output sees, in a generator
   * those that one number of its output has a part in.
   */
  receptiveField: z.tuple([z.number(), z.number()]).nullable(),
  explanation: explanationSchema,
  /** Positions in `problems`. */
  problems: z.array(whole).readonly()
})
export type LayerCard = z.infer<typeof layerCardSchema>

const networkExaminationSchema = z.strictObject({
  role: roleSchema,
  /** What the network is given. */
  inputShape: shape,
  outputShape: shape.nullable(),
  cards: z.array(layerCardSchema).readonly(),
  /** Of the layers that are known. */
  parameters: whole,
  trainableParameters: whole,
  multiplyAdds: whole,
  /** Share of the time of one iteration, 0 … 1; null where a layer's is not known. */
  share: z.number().min(0).max(1).nullable()
})
export type NetworkExamination = z.infer<typeof networkExaminationSchema>

/** Memory of the process that trains, at its peak, as far as this configuration decides it. */
const memoryEstimateSchema = z.strictObject({
  /** The sum of the parts below. */
  totalBytes: bytes,
  /** Weights, statistics, averages and the optimisers' slots: read, written anew, and a copy on its way to the disk. */
  stateBytes: bytes,
  gradientBytes: bytes,
  /** What the forward passes keep for the gradients. */
  activationBytes: bytes,
  /** What one convolution needs while it is computed. */
  workspaceBytes: bytes,
  /** The program itself: the runtime, the compiled step, a batch of pictures. */
  programBytes: bytes
})

/** How fast an engine was measured to be on this computer. */
export const engineSpeedSchema = z.strictObject({
  engine: engineChoiceSchema,
  /** Of a plain matrix product, in 10⁹ floating-point operations a second. */
  gflops: z.number().min(0),
  /** ISO 8601 in UTC. */
  measured: z.string()
})

const modelExaminationSchema = z.strictObject({
  generator: networkExaminationSchema,
  discriminator: networkExaminationSchema,
  /** Errors first. */
  problems: z.array(problemSchema).readonly(),
  /** Null where a network does not fit together, or for an engine of which that is not known. */
  memory: memoryEstimateSchema.nullable(),
  freeBytes: bytes,
  /** Floating-point operations of one iteration; null where a network does not fit together. */
  flops: z.number().min(0).nullable(),
  /** Of the CPU engine, within about 30 %; null where `speed` or `flops` is. */
  secondsPerIteration: z.number().min(0).nullable(),
  /** Null until `model/measure` was asked for once. */
  speed: engineSpeedSchema.nullable()
})
export type EngineSpeed = z.infer<typeof engineSpeedSchema>
export type MemoryEstimate = z.infer<typeof memoryEstimateSchema>
export type ModelExamination = z.infer<typeof modelExaminationSchema>

const configuration = runConfigurationSchema

const importSourceSchema = z.union([
  /** A file that the user chose with `data/choose`. */
  z.strictObject({ path: z.string().min(1) }),
  /** What the user pasted or dropped, and what to call it in messages: the name of the file. */
  z.strictObject({ text: z.string(), name: z.string().min(1).max(255).optional() })
])
export type ImportSource = z.infer<typeof importSourceSchema>

const importNoteSchema = z.strictObject({
  network: roleSchema.nullable(),
  layer: z.string().nullable(),
  text: z.string()
})

const exportFormats = ['kwiat-json', 'keras-python'] as const
export type ExportFormat = (typeof exportFormats)[number]

export const modelRequests = {
  /** Everything there is to know of both networks, also of such that don't fit together; a few milliseconds. */
  'model/examine': request({
    params: z.strictObject({ configuration, language: languageSchema, engine: engineChoiceSchema.prefault({}) }),
    result: modelExaminationSchema
  }),
  /**
   * Reads networks from a file or two: Kwiat JSON (a preset, a run's run.json, or just an architecture), Keras JSON of
   * Keras 2 or 3, or tfjs' model.json. What is read is data alone; nothing of it is run. Settings that are not in it, and
   * a network that is not, stay as in `configuration`.
   */
  'model/import': request({
    params: z.strictObject({
      sources: z.array(importSourceSchema).min(1).max(2),
      configuration,
      language: languageSchema
    }),
    result: z.strictObject({
      configuration,
      /** What was read, as "Keras 3, functional". */
      format: z.string(),
      /** The networks that were in it. */
      networks: z.array(roleSchema),
      /** What the user should know, as a sigmoid that was taken off because the loss applies it. */
      notes: z.array(importNoteSchema),
      /** Layers that Kwiat does not have; they were left out. */
      unknownLayers: z.array(z.strictObject({ network: roleSchema, name: z.string(), type: z.string() }))
    })
  }),
  /** The networks as text: a whole configuration that `model/import` reads again, or Python code for Keras 3. */
  'model/export': request({
    params: z.strictObject({ configuration, format: z.enum(exportFormats) }),
    result: z.strictObject({
      /** What to call the file. */
      fileName: z.string(),
      text: z.string()
    })
  }),
  /** Measures how fast an engine is on this computer, for a second, and remembers it; `model/examine` then tells times. */
  'model/measure': request({
    params: z.strictObject({ engine: engineChoiceSchema.prefault({}) }),
    result: z.strictObject({ speed: engineSpeedSchema })
  }),
  /** Applies repairs, one after the other, until no problem has one; `applied` are their labels. */
  'model/repairAll': request({
    params: z.strictObject({ configuration, language: languageSchema }),
    result: z.strictObject({ configuration, applied: z.array(z.string()) })
  })
}
