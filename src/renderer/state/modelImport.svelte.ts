import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { Result, StudioClient } from '../../shared/contract/studio'
import { KwiatError } from '../../shared/errors'
import type { Language } from '../../shared/language'

/** A text that describes networks, and where it came from. */
export interface ModelText {
  readonly name: string
  readonly text: string
}

const maxFiles = 2
/** The host refuses less; more is not even read. */
const maxFileBytes = 64e6

const unreadable = (who: string, expected: string, actual: string): KwiatError =>
  new KwiatError('model-unreadable', { who, expected, actual, todo: 'choose the JSON that describes the networks' })

/**
 * The texts of files that the user chose or dropped.
 *
 * @throws KwiatError `model-unreadable` for more than two files, and for such as weights
 */
export async function readFiles(files: readonly File[]): Promise<readonly ModelText[]> {
  if (files.length === 0 || files.length > maxFiles) {
    throw unreadable('import', 'one file or two', `${files.length}`)
  }
  const large = files.find(({ size }) => size > maxFileBytes)
  if (large !== undefined) {
    throw unreadable(large.name, 'a description of networks', `a file of ${Math.round(large.size / 1e6)} MB`)
  }
  return Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })))
}

/** Networks being read from files: what was found, or why nothing. */
export class ModelImport {
  readonly #client: StudioClient
  #result: Result<'model/import'> | null = $state.raw(null)
  #problem: unknown = $state.raw(null)
  #isReading = $state(false)
  isOpen = $state(false)

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** What was read last; null before, and where it failed. */
  get result(): Result<'model/import'> | null {
    return this.#result
  }

  get problem(): unknown {
    return this.#problem
  }

  get isReading(): boolean {
    return this.#isReading
  }

  /** The dialog as new. */
  open(): void {
    this.#result = null
    this.#problem = null
    this.isOpen = true
  }

  /**
   * Reads networks; what they don't say stays as in `base`.
   *
   * @param texts gives them, or says why there are none
   * @returns null where it failed; `problem` says why
   */
  async read(
    texts: () => Promise<readonly ModelText[]>,
    base: RunConfiguration,
    language: Language
  ): Promise<RunConfiguration | null> {
    this.open()
    this.#isReading = true
    try {
      const sources = await texts()
      this.#result = await this.#client.call('model/import', { sources: [...sources], configuration: base, language })
    } catch (error) {
      this.#problem = error
    } finally {
      this.#isReading = false
    }
    return this.#result?.configuration ?? null
  }
}
