import { Cancelled } from '../../shared/errors'

export interface LatestOnlyOptions<Wish, Answer> {
  readonly ask: (wish: Wish) => Promise<Answer>
  readonly onAnswer: (answer: Answer, wish: Wish) => void
  readonly onProblem: (error: unknown) => void
  /** Calls in flight at once. */
  readonly atOnce?: number
}

/**
 * Asks for what was wished for last. While as many calls as may be are in flight, a newer wish takes the place of the one
 * that waits, so that nothing queues up where the answers are slow; an answer that comes after a newer one is dropped.
 */
export class LatestOnly<Wish, Answer> {
  readonly #options: Required<LatestOnlyOptions<Wish, Answer>>
  #waiting: { readonly wish: Wish; readonly number: number } | null = null
  #inFlight = 0
  /** Of the newest wish, and of the newest one that was answered. */
  #newest = 0
  #answered = 0

  constructor(options: LatestOnlyOptions<Wish, Answer>) {
    this.#options = { atOnce: 1, ...options }
  }

  want(wish: Wish): void {
    this.#waiting = { wish, number: ++this.#newest }
    this.#go()
  }

  /** Drops what waits and what is on its way. */
  forget(): void {
    this.#waiting = null
    this.#answered = this.#newest
  }

  #go(): void {
    while (this.#waiting !== null && this.#inFlight < this.#options.atOnce) {
      const { wish, number } = this.#waiting
      this.#waiting = null
      void this.#run(wish, number)
    }
  }

  async #run(wish: Wish, number: number): Promise<void> {
    this.#inFlight++
    try {
      const answer = await this.#options.ask(wish)
      this.#settle(number, () => this.#options.onAnswer(answer, wish))
    } catch (error) {
      if (!(error instanceof Cancelled)) {
        this.#settle(number, () => this.#options.onProblem(error))
      }
    } finally {
      this.#inFlight--
      this.#go()
    }
  }

  #settle(number: number, tell: () => void): void {
    if (number > this.#answered) {
      this.#answered = number
      tell()
    }
  }
}
