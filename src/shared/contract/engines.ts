import { z } from 'zod'
import { runConfigurationSchema } from '../config/runConfiguration'
import { request } from './declare'
import { engineChoiceSchema, engineIds } from './training'

/** What was found out about an engine. */
export const engineReportSchema = z.strictObject({
  id: z.enum(engineIds),
  /**
   * works: its self-test gave the right numbers · missing: this computer lacks a library, a driver or a device for it ·
   * fails: it is there and doesn't work.
   */
  state: z.enum(['works', 'missing', 'fails']),
  /** Empty where it could not be made. */
  description: z.string(),
  /** Why it doesn't work, and what to do; null where it does. */
  problem: z.string().nullable()
})
export type EngineReport = z.infer<typeof engineReportSchema>

/** A GPU, as far as the system tells. */
export const adapterSchema = z.strictObject({
  name: z.string(),
  driver: z.string().nullable(),
  memoryBytes: z.number().nullable(),
  /** Whether it is a program on the CPU that plays a GPU. */
  isSoftware: z.boolean()
})
export type Adapter = z.infer<typeof adapterSchema>

/** How fast an engine trains a model. */
const engineTrialSchema = z.strictObject({
  description: z.string(),
  stepsPerSecond: z.number(),
  /** Real pictures that the discriminator saw. */
  picturesPerSecond: z.number(),
  /** How many steps a call of the engine made. */
  stepsPerCall: z.int(),
  compileMs: z.number().nullable(),
  /** Operators of the step that a GPU engine left to the CPU. */
  fallbacks: z.int()
})
export type EngineTrial = z.infer<typeof engineTrialSchema>

const engineTrialRequestSchema = z.strictObject({
  engine: engineChoiceSchema,
  configuration: runConfigurationSchema,
  seconds: z.number().min(0.1).max(3600)
})
export type EngineTrialRequest = z.infer<typeof engineTrialRequestSchema>

export const engineRequests = {
  /** Trains a model on blank pictures for so long, in a process of its own. */
  'engines/trial': request({ params: engineTrialRequestSchema, result: engineTrialSchema })
}
