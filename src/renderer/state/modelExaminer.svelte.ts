import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { ModelExamination } from '../../shared/contract/model'
import type { Params, StudioClient } from '../../shared/contract/studio'
import { LatestOnly } from './latestOnly'

interface Answer {
  readonly about: RunConfiguration
  readonly examination: ModelExamination
}

/** What is known of a model while it is edited: each answer brings the next question, so that typing never queues up. */
export class ModelExaminer {
  readonly #questions: LatestOnly<Params<'model/examine'>, ModelExamination>
  #answer: Answer | null = $state.raw(null)
  #problem: unknown = $state.raw(null)

  constructor(client: StudioClient) {
    this.#questions = new LatestOnly({
      ask: (question) => client.call('model/examine', question),
      onAnswer: (examination, { configuration }) => {
        this.#answer = { about: configuration, examination }
        this.#problem = null
      },
      onProblem: (error) => {
        this.#problem = error
      }
    })
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

  /** How many errors keep this very configuration from training; null while that is not known. */
  errorsOf(configuration: RunConfiguration | null): number | null {
    return this.isAbout(configuration) && this.#answer !== null
      ? this.#answer.examination.problems.filter(({ severity }) => severity === 'error').length
      : null
  }

  ask(question: Params<'model/examine'>): void {
    this.#questions.want(question)
  }
}
