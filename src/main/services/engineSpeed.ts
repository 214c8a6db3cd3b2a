import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type EngineSpeed, engineSpeedSchema } from '../../shared/contract/model'
import type { EngineChoice } from '../../shared/contract/training'
import { parseJson } from '../../shared/parseJson'
import { withCleanup } from '../../shared/withCleanup'
import { unlessMissing } from '../files/nodeErrors'
import { replaceFile } from '../files/writeFile'
import { createEngine } from '../train/createEngine'
import { measureProduct } from './benchmark'

const seconds = 1

/** How fast an engine multiplies matrices on this computer now; takes a second. */
export const measureSpeed = (choice: EngineChoice): Promise<EngineSpeed> =>
  withCleanup(async (atEnd) => {
    const engine = await createEngine(choice)
    atEnd(() => engine.dispose())
    return { engine: choice, gflops: await measureProduct(engine, seconds), measured: new Date().toISOString() }
  })

/** The speed that was measured last, as a file; one that can't be read is as none, since it can be measured again. */
export class SpeedFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Null where this engine, with so many threads, was not the one measured last. */
  async recall({ id, threads }: EngineChoice): Promise<EngineSpeed | null> {
    const parsed = engineSpeedSchema.safeParse(parseJson(await unlessMissing(readFile(this.#path, 'utf8'), '')))
    const isSame = parsed.data?.engine.id === id && parsed.data.engine.threads === threads
    return parsed.success && isSame ? parsed.data : null
  }

  async remember(speed: EngineSpeed): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true })
    await replaceFile(this.#path, `${JSON.stringify(speed, null, 2)}\n`)
  }
}
