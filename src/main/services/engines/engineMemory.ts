import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import type { Adapter } from '../../../shared/contract/engines'
import { engineIds } from '../../../shared/contract/training'
import { parseJson } from '../../../shared/parseJson'
import { unlessMissing } from '../../files/nodeErrors'
import { replaceFile } from '../../files/writeFile'

const rememberedSchema = z.strictObject({
  engine: z.enum(engineIds),
  /** Real pictures a second by engine; null where it failed. */
  picturesPerSecond: z.partialRecord(z.enum(engineIds), z.number().nullable())
})
export type Remembered = Readonly<z.infer<typeof rememberedSchema>>

const contentSchema = z.strictObject({
  format: z.literal('kwiat-engines'),
  formatVersion: z.literal(1),
  /** By the fingerprint of model and computer, oldest first. */
  choices: z.record(z.string(), rememberedSchema)
})

const mostChoices = 200

/** What decides how fast the engines are: the step, the GPUs with their drivers, and the versions of what computes. */
export interface TrialGround {
  readonly configuration: RunConfiguration
  readonly threads: number | undefined
  readonly adapters: readonly Adapter[]
  readonly versions: Readonly<Record<string, string>>
}

/** Equal for equal models on an unchanged computer, whatever the seed, the learning rates and the pictures. */
export function fingerprintOf({ configuration, threads, adapters, versions }: TrialGround): string {
  const { architecture, loss, schedule, generatorOptimizer, discriminatorOptimizer } = configuration
  const step = {
    architecture,
    loss,
    batchSize: schedule.batchSize,
    accumulate: schedule.accumulate,
    discriminatorSteps: schedule.discriminatorSteps,
    optimizers: [generatorOptimizer.kind, discriminatorOptimizer.kind]
  }
  return createHash('sha256')
    .update(JSON.stringify([step, threads ?? null, adapters, Object.entries(versions).sort()]))
    .digest('hex')
    .slice(0, 32)
}

/** Which engine was the fastest, as a file; one that can't be read is begun anew, since everything in it can be measured again. */
export class EngineMemory {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async recall(fingerprint: string): Promise<Remembered | null> {
    return (await this.#choices())[fingerprint] ?? null
  }

  async remember(fingerprint: string, remembered: Remembered): Promise<void> {
    const { [fingerprint]: _, ...others } = await this.#choices()
    const choices = Object.fromEntries([...Object.entries(others), [fingerprint, remembered]].slice(-mostChoices))
    await mkdir(dirname(this.#path), { recursive: true })
    const content = { format: 'kwiat-engines', formatVersion: 1, choices }
    await replaceFile(this.#path, `${JSON.stringify(content, null, 2)}\n`)
  }

  async #choices(): Promise<Readonly<Record<string, Remembered>>> {
    const text = await unlessMissing(readFile(this.#path, 'utf8'), '')
    return contentSchema.safeParse(parseJson(text)).data?.choices ?? {}
  }
}
