import { z } from 'zod'
import { recall, remember } from '../remembered'

export const comparisonModes = ['side', 'swipe', 'difference'] as const
export type ComparisonMode = (typeof comparisonModes)[number]

/** Two checkpoints side by side: which, and how they are laid over each other. */
export class Comparison {
  /** In the order in which they were chosen, two at most. */
  #chosen: readonly number[] = $state.raw([])
  #mode: ComparisonMode = $state(recall('comparison', z.enum(comparisonModes), 'side'))
  /** Where the swipe's edge stands, 0 … 1 from the left. */
  edge = $state(0.5)
  /** How much the difference is brightened. */
  gain = $state(4)
  #isOpen = $state(false)
  /** The earlier step first, as time goes; null until two are chosen. */
  readonly #pair = $derived.by((): readonly [number, number] | null => {
    const [a, b] = this.#chosen
    return a === undefined || b === undefined ? null : [Math.min(a, b), Math.max(a, b)]
  })

  get chosen(): readonly number[] {
    return this.#chosen
  }

  get pair(): readonly [number, number] | null {
    return this.#pair
  }

  get mode(): ComparisonMode {
    return this.#mode
  }

  set mode(mode: ComparisonMode) {
    this.#mode = mode
    remember('comparison', mode)
  }

  get isOpen(): boolean {
    return this.#isOpen && this.#pair !== null
  }

  /** Chooses a checkpoint or lets go of it; of three the first is let go. */
  toggle(step: number): void {
    this.#chosen = this.#chosen.includes(step)
      ? this.#chosen.filter((other) => other !== step)
      : [...this.#chosen, step].slice(-2)
  }

  open(): void {
    this.#isOpen = this.#pair !== null
  }

  close(): void {
    this.#isOpen = false
  }

  /** Lets go of what is no longer there. */
  keepOnly(steps: readonly number[]): void {
    if (this.#chosen.some((step) => !steps.includes(step))) {
      this.#chosen = this.#chosen.filter((step) => steps.includes(step))
    }
  }

  clear(): void {
    this.#chosen = []
    this.#isOpen = false
  }
}
