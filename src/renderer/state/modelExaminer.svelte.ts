import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { ModelExamination } from '../../shared/contract/model'
import type { Params, StudioClient } from '../../shared/contract/studio'

type Question = Params<'model/examine'>

/**
 * What is known of a model while it is edited. One question is asked at a time; of those that come meanwhile only the
 * newest is asked next, so that typing never queues up.
 */
export class ModelExaminer {
  readonly #client: StudioClient
  #answer: { readonly about: RunConfiguration; readonly examination: ModelExamination } | null = $state.raw(null)
  #problem: unknown = $state.raw(null)
  #newest: Question | null = null
  #isAsking = false

  constructor(client: StudioClient) {
    this.#client = client
  }

  /** The newest answer; it may be about a model of some milliseconds ago. Null before the first. */
  get examination(): ModelExamination | null {
    return this.#answer?.examination ?? null
  }

  /** Why the newest question has no answer; null where it has. */
  get problem(): unknown {
    return this.#problem
  }

  /** True where the answer is about this very configuration. */
  isAbout(configuration: RunConfiguration | null): boolean {
    return configuration !== null && this.#answer?.about === configuration
  }

  /** Resolves when nothing is left to ask. */
  async ask(question: Question): Promise<void> {
    this.#newest = question
    if (this.#isAsking) {
      return
    }
    this.#isAsking = true
    while (this.#newest !== null) {
      const asked: Question = this.#newest
      this.#newest = null
      await this.#askNow(asked)
    }
    this.#isAsking = false
  }

  async #askNow(question: Question): Promise<void> {
    try {
      const examination = await this.#client.call('model/examine', question)
      this.#answer = { about: question.configuration, examination }
      this.#problem = null
    } catch (error) {
      this.#problem = error
    }
  }
}
