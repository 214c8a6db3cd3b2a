import type { StudioClient } from '../../shared/contract/studio'
import type { TrainingEvent } from '../../shared/contract/training'
import { assessHealth } from './health'
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
  /** Step after which the file may have lacked lines that were still on their way; the next checkpoint writes them. */
  #unwrittenAfter: number | null = null
  #frame: number | null = null
  #revision = $state(0)
  #isLoaded = $state(false)
  #sampleSteps: readonly number[] = $state.raw([])
  /** The step whose grid is shown; null follows the newest. */
  #pinned: number | null = $state(null)
  readonly #health = $derived.by(() => {
    this.#revision
    return assessHealth(this.history)
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
      await this.#loadMetrics(0)
      const { steps } = await this.#client.call('runs/samples', { id: this.runId })
      this.#sampleSteps = steps
      this.#unwrittenAfter = this.history.lastStep ?? 0
    }
    this.#isLoaded = true
    this.#takeWaiting()
    this.#revision++
  }

  async #loadMetrics(after: number): Promise<void> {
    const metrics = await this.#client.call('runs/metrics', { id: this.runId, after, maxPoints: maxBuckets })
    this.history.appendBuckets(metrics)
  }

  #takeWaiting(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    this.#take(waiting.filter((event) => event.event !== 'step' || event.step > (this.history.lastStep ?? -1)))
  }

  /** Fetches the steps that were neither written when the files were read, nor told afterwards. */
  async #fillGap(): Promise<void> {
    const after = this.#unwrittenAfter
    if (after === null) {
      return
    }
    this.#unwrittenAfter = null
    this.#waiting = []
    try {
      await this.#loadMetrics(after)
    } finally {
      this.#takeWaiting()
    }
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

  get health() {
    return this.#health
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
    if (events.some(({ event }) => event === 'checkpoint')) {
      // Without the lines, the chart spans the gap with a straight line: no reason to disturb anybody.
      this.#fillGap().catch(() => undefined)
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
