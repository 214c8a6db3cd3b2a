import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type SessionPorts, trainSession } from '../../../src/main/train/session'
import { parseRunConfiguration } from '../../../src/shared/config/parse'
import type { RunConfiguration, RunConfigurationInput } from '../../../src/shared/config/runConfiguration'
import {
  type EngineChoice,
  type TrainingEvent,
  type TrainRequest,
  trainingEventSchema
} from '../../../src/shared/contract/training'
import { Random } from '../../../src/shared/random/random'
import { tinyArchitecture } from '../../model/tinyArchitecture'
import { temporaryFolder } from '../../support/temporaryFolder'

type Fields = Partial<RunConfigurationInput>

/** Few weights, few pictures, few steps: 16×16 grey, batches of 4, 6 iterations. `fields` replace parts of it. */
export const tinyRun = ({ schedule, output, ...fields }: Fields = {}): RunConfiguration =>
  parseRunConfiguration({
    preset: 'tiny',
    architecture: tinyArchitecture(),
    generatorOptimizer: { kind: 'adam' },
    discriminatorOptimizer: { kind: 'rmsprop' },
    ...fields,
    schedule: { batchSize: 4, steps: 6, seed: 3, ...schedule },
    output: { sampleCount: 5, ...output }
  })

/** A folder with `count` noisy pictures. */
export async function writePictures(folder: string, count: number): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < count; index++) {
    const pixels = Uint8Array.from(new Random(1, 'flowers', index).uniforms(16 * 16 * 3, 0, 256))
    const picture = sharp(pixels, { raw: { width: 16, height: 16, channels: 3 } })
    await writeFile(join(folder, `picture-${index}.png`), await picture.png().toBuffer())
  }
  return folder
}

/** Everything that a test of sessions needs on the disk. */
export interface Workplace {
  readonly data: string
  readonly runsFolder: string
  readonly picturesFolder: string
}

/** A folder of ten pictures, and places for imports and runs. */
export async function workplace(): Promise<Workplace> {
  const folder = await temporaryFolder()
  return {
    data: await writePictures(join(folder, 'data'), 10),
    runsFolder: join(folder, 'runs'),
    picturesFolder: join(folder, 'pictures')
  }
}

export const newRequest = (
  { data, runsFolder }: Workplace,
  configuration = tinyRun(),
  engine: EngineChoice = { id: 'cpu', threads: 1 }
): TrainRequest => ({ kind: 'new', configuration, data, runsFolder, name: 'test', engine })

export const resumeRequest = (run: string, steps?: number, engine: TrainRequest['engine'] = {}): TrainRequest => ({
  kind: 'resume',
  run,
  ...(steps === undefined ? {} : { steps }),
  engine
})

export interface Session {
  /** All events, as they came, each checked against the contract. */
  readonly events: readonly TrainingEvent[]
  /** Of the run. */
  readonly folder: string
}

/** Runs a session; `onEvent` may abort `stop`. The last event is the one that it ended with. */
export async function runSession(
  request: TrainRequest,
  { picturesFolder }: Workplace,
  onEvent: (event: TrainingEvent, stop: AbortController) => void = () => undefined
): Promise<Session> {
  const events: TrainingEvent[] = []
  const stop = new AbortController()
  const emit: SessionPorts['emit'] = (event) => {
    events.push(trainingEventSchema.parse(event))
    onEvent(event, stop)
  }
  const finished = await trainSession(request, { picturesFolder, stop: stop.signal, emit })
  return { events: [...events, trainingEventSchema.parse(finished)], folder: finished.run ?? '' }
}

/** The events of one kind. */
export const eventsOf = <Name extends TrainingEvent['event']>(events: readonly TrainingEvent[], name: Name) =>
  events.filter((event): event is Extract<TrainingEvent, { event: Name }> => event.event === name)

/** As "step 2" or "checkpoint 4". */
export const outline = (events: readonly TrainingEvent[]): string[] =>
  events.map((event) => ('step' in event ? `${event.event} ${event.step}` : event.event))
