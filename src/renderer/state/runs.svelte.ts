import { SvelteMap } from 'svelte/reactivity'
import type { RunCard } from '../../shared/contract/runs'
import type { StudioClient } from '../../shared/contract/studio'

export const runOrders = ['newest', 'name', 'progress', 'state'] as const
export type RunOrder = (typeof runOrders)[number]

const progressOf = (run: RunCard): number => run.step / Math.max(1, run.totalSteps)
const newestFirst = (a: RunCard, b: RunCard): number => b.updated.localeCompare(a.updated)

const comparisons: Readonly<Record<RunOrder, (a: RunCard, b: RunCard) => number>> = {
  newest: newestFirst,
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }),
  progress: (a, b) => progressOf(b) - progressOf(a),
  state: (a, b) => a.state.localeCompare(b.state)
}

const contains = (run: RunCard, words: readonly string[]): boolean => {
  const text = `${run.name} ${run.preset} ${run.data} ${run.state}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** All runs of this computer, kept up to date by the host's events. */
export class RunsState {
  readonly #client: StudioClient
  readonly #byId = new SvelteMap<string, RunCard>()
  #isLoaded = $state(false)
  search = $state('')
  order: RunOrder = $state('newest')
  readonly #visible = $derived.by(() => {
    const words = this.search.toLowerCase().split(/\s+/)
    const runs = [...this.#byId.values()].filter((run) => contains(run, words))
    return runs.sort((a, b) => comparisons[this.order](a, b) || newestFirst(a, b))
  })
  readonly #queued = $derived(
    [...this.#byId.values()]
      .filter(({ queuePosition }) => queuePosition !== null)
      .sort((a, b) => (a.queuePosition ?? 0) - (b.queuePosition ?? 0))
  )
  readonly #all = $derived([...this.#byId.values()].sort(newestFirst))

  constructor(client: StudioClient) {
    this.#client = client
    client.on('run/changed', ({ run }) => this.#byId.set(run.id, run))
    client.on('run/removed', ({ id }) => this.#byId.delete(id))
  }

  async load(): Promise<void> {
    const { runs } = await this.#client.call('runs/list')
    for (const run of runs) {
      this.#byId.set(run.id, run)
    }
    this.#isLoaded = true
  }

  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Newest first. */
  get all(): readonly RunCard[] {
    return this.#all
  }

  /** Those that fit the search, in the chosen order. */
  get visible(): readonly RunCard[] {
    return this.#visible
  }

  find(id: string | null): RunCard | null {
    return id === null ? null : (this.#byId.get(id) ?? null)
  }

  /** Takes a card that a request answered with; the event about it may come later. */
  put(run: RunCard): void {
    this.#byId.set(run.id, run)
  }

  async #replace(name: 'runs/pause' | 'runs/stop' | 'runs/kill' | 'runs/restore', id: string) {
    const { run } = await this.#client.call(name, { id })
    this.put(run)
  }

  /** @param steps total to reach, where it is another than before */
  async start(id: string, steps?: number): Promise<void> {
    const { run } = await this.#client.call('runs/start', { id, ...(steps === undefined ? {} : { steps }) })
    this.put(run)
  }

  /** Those that wait for their turn, next first. */
  get queued(): readonly RunCard[] {
    return this.#queued
  }

  /** Gives a waiting run another place in the queue, 0 being the next. */
  async move(id: string, position: number): Promise<void> {
    await this.#client.call('runs/move', { id, position })
  }

  pause(id: string): Promise<void> {
    return this.#replace('runs/pause', id)
  }

  stop(id: string): Promise<void> {
    return this.#replace('runs/stop', id)
  }

  kill(id: string): Promise<void> {
    return this.#replace('runs/kill', id)
  }

  /** Takes a deleted run back out of the trash. */
  restore(id: string): Promise<void> {
    return this.#replace('runs/restore', id)
  }

  async rename(id: string, name: string): Promise<void> {
    const { run } = await this.#client.call('runs/rename', { id, name })
    this.put(run)
  }

  async delete(id: string): Promise<void> {
    await this.#client.call('runs/delete', { id })
    this.#byId.delete(id)
  }
}
