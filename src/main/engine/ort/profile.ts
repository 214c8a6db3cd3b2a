import { randomUUID } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { InferenceSession } from 'onnxruntime-node'
import { z } from 'zod'
import { parseJson } from '../../../shared/parseJson'
import type { Fallback } from '../engine'

/** The events of onnxruntime's profile that tell how long an operator took, and where. */
const nodeEventSchema = z.object({
  cat: z.literal('Node'),
  /** `<node name>_kernel_time`; the node's name is `<layer>/<kernel>/<operator>_<number>`. */
  name: z.string().endsWith('_kernel_time'),
  /** Microseconds. */
  dur: z.number(),
  args: z.object({ op_name: z.string(), provider: z.string() })
})

const hostProvider = 'CPUExecutionProvider'
/** Operators that the runtime adds where a tensor crosses the bus. */
const crossings: ReadonlySet<string> = new Set(['MemcpyToHost', 'MemcpyFromHost'])

/** The operators of a profile that did not run on the device, and those that carried tensors between. */
export function fallbacksIn(profile: unknown): Fallback[] {
  const events = z.array(z.unknown()).parse(profile)
  return events.flatMap((event) => {
    const { data } = nodeEventSchema.safeParse(event)
    if (data === undefined) {
      return []
    }
    const { op_name: operator, provider } = data.args
    const isFallback = provider === hostProvider || crossings.has(operator)
    return isFallback ? [{ operator, node: data.name.replace(/_kernel_time$/, ''), ms: data.dur / 1000 }] : []
  })
}

/** The profile that a session writes until it is told to end it. */
export class Profile {
  readonly #prefix = join(tmpdir(), `kwiat-profile-${randomUUID()}`)

  static begin(): Profile {
    return new Profile()
  }

  get options(): Pick<InferenceSession.SessionOptions, 'enableProfiling' | 'profileFilePrefix'> {
    return { enableProfiling: true, profileFilePrefix: this.#prefix }
  }

  /** What the ended profile tells; its file is removed. */
  async fallbacks(): Promise<Fallback[]> {
    const [file] = await this.#files()
    const fallbacks = file === undefined ? [] : fallbacksIn(parseJson(await readFile(file, 'utf8')))
    await this.discard()
    return fallbacks
  }

  async discard(): Promise<void> {
    for (const file of await this.#files()) {
      await rm(file, { force: true })
    }
  }

  /** The runtime appends the time to the name. */
  async #files(): Promise<string[]> {
    const folder = dirname(this.#prefix)
    return (await readdir(folder))
      .filter((name) => name.startsWith(basename(this.#prefix)))
      .map((name) => join(folder, name))
  }
}
