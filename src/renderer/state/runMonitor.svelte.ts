import type { StudioClient } from '../../shared/contract/client'
import type { TrainingEvent } from '../../shared/contract/training'
import { assessBalance } from './health'
import { MetricsHistory } from './metricsHistory'

const maxBuckets = 5000

/** The greatest of the rising `steps` that is at most `step`; the first where all are greater, null where there is none. */
export function stepAtOrBefore(steps: readonly number[], step: number): number | null {
  return steps.findLast((candidate) => candidate <= step) ?? steps[0] ?? null
}

/**
 * What the Train view shows of one run: its metrics and its sample grids, from the files first and from the events
 * after. Many events between two frames lead to one change.
 */
export class RunMonitor {
  readonly runId: string
  readonly history = new MetricsHistory()
  readonly #client: StudioClient
  readonly #unlisten: () => void
  /** Events that come while the files are read. */
  #waiting: TrainingEvent[] | null = []
  #frame: number | null = null
  #revision = $state(0)
  #isLoaded = $state(false)
  #sampleSteps: readonly number[] = $state.raw([])
  /** The step whose grid is shown; null follows the newest. */
  #pinned: number | null = $state(null)
  readonly #balance = $derived.by(() => {
    this.#revision
    return assessBalance(this.history)
  })
  readonly #shownSample = $derived(
    this.#pinned === null ? (this.#sampleSteps.at(-1) ?? null) : stepAtOrBefore(this.#sampleSteps, this.#pinned)
  )

  constructor(client: StudioClient, runId: string) {
    this.#client = client
    this.runId = runId
    this.#unlisten = client.on('run/event', ({ id, events }) => {
      if (id === runId) {
        this.#take(events)
      }
    })
  }

  /** @param hasFiles false for a run that is just being prepared: all that there is of it comes as events */
  async load(hasFiles: boolean): Promise<void> {
    if (hasFiles) {
      await this.#loadFiles()
    }
    this.#isLoaded = true
    const waiting = this.#waiting ?? []
    this.#waiting = null
    this.#take(waiting.filter((event) => event.event !== 'step' || event.step > (this.history.lastStep ?? -1)))
    this.#revision++
  }

  async #loadFiles(): Promise<void> {
    const [metrics, samples] = await Promise.all([
      this.#client.call('runs/metrics', { id: this.runId, after: 0, maxPoints: maxBuckets }),
      this.#client.call('runs/samples', { id: this.runId })
    ])
    this.history.appendBuckets(metrics)
    this.#sampleSteps = samples.steps
  }

  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Grows whenever `history` changed. */
  get revision(): number {
    return this.#revision
  }

  /** Rising. */
  get sampleSteps(): readonly number[] {
    return this.#sampleSteps
  }

  get balance() {
    return this.#balance
  }

  get shownSample(): number | null {
    return this.#shownSample
  }

  get followsNewest(): boolean {
    return this.#pinned === null
  }

  /** Shows the newest grid up to `step`; null follows the newest again. */
  pin(step: number | null): void {
    this.#pinned = step !== null && step >= (this.#sampleSteps.at(-1) ?? 0) ? null : step
  }

  close(): void {
    this.#unlisten()
    if (this.#frame !== null) {
      cancelAnimationFrame(this.#frame)
    }
  }

  #take(events: readonly TrainingEvent[]): void {
    if (this.#waiting !== null) {
      this.#waiting.push(...events)
      return
    }
    for (const event of events) {
      if (event.event === 'step') {
        this.history.append(event)
      } else if (event.event === 'sample') {
        this.#addSample(event.step)
      }
    }
    this.#announce()
  }

  #addSample(step: number): void {
    this.#sampleSteps = [...this.#sampleSteps.filter((known) => known < step), step]
  }

  #announce(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null
      this.#revision++
    })
  }
}
