import { ExploredRun } from '../../../src/renderer/state/explore/exploredRun.svelte'
import type { Pictures } from '../../../src/shared/contract/explore'
import type { Handlers, Params } from '../../../src/shared/contract/studio'
import { fromLatentBytes } from '../../../src/shared/latent/latentBytes'
import type { MockStudio } from '../../support/mockStudio'
import { createStudioMock, runCard } from './studio'

export const latentSize = 4
const pictureSize = 2

/** The picture of a latent in these tests: its bytes are the latent's first number, scaled to 0 … 255. */
export const shadeOf = (latent: Float32Array): number => Math.round(128 + 32 * latent[0]!) & 255

/** What a host answers that makes such pictures at once. */
export function paint({ latents }: Pick<Params<'explore/pictures'>, 'latents'>): Pictures {
  const values = fromLatentBytes(latents, latentSize)
  const count = values.length / latentSize
  const bytes = 3 * pictureSize ** 2
  const pixels = new Uint8Array(count * bytes)
  for (let i = 0; i < count; i++) {
    pixels.fill(shadeOf(values.subarray(i * latentSize)), i * bytes, (i + 1) * bytes)
  }
  return { pixels, count, size: pictureSize, channels: 3 }
}

export const facts = {
  steps: [200, 100],
  latentSize,
  latentDistribution: 'normal',
  size: pictureSize,
  channels: 3
} as const

/** A host with one run that can be explored; `answers` stand before its own. */
export const createExploreMock = (answers: Partial<Handlers> = {}): MockStudio =>
  createStudioMock([runCard()], {
    'explore/run': () => ({ ...facts, steps: [...facts.steps] }),
    'explore/pictures': paint,
    ...answers
  })

/** The run of `createExploreMock`, opened and read. */
export async function openExploredRun({ client }: MockStudio): Promise<ExploredRun> {
  const run = new ExploredRun(client, () => undefined)
  run.open('abc123')
  await settle()
  return run
}

/** Lets all calls that are on their way come to their ends. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** Calls that wait until the test answers them. */
export class Held<Value> {
  readonly waiting: { readonly resolve: (value: Value) => void; readonly reject: (error: unknown) => void }[] = []

  next(): Promise<Value> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }))
  }

  async answer(value: Value): Promise<void> {
    this.waiting.shift()?.resolve(value)
    await settle()
  }

  async fail(error: unknown): Promise<void> {
    this.waiting.shift()?.reject(error)
    await settle()
  }
}
