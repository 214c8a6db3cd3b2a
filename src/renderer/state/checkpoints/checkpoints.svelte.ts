import { SvelteMap } from 'svelte/reactivity'
import type { RetentionRule } from '../../../shared/checkpoints/retention'
import type { CheckpointCard, TrashEntry } from '../../../shared/contract/checkpoints'
import type { RunCard } from '../../../shared/contract/runs'
import type { Result, StudioClient } from '../../../shared/contract/studio'
import { UrlCache } from '../urlCache'
import { Comparison } from './comparison.svelte'
import { ModelExport } from './modelExport.svelte'

type Listed = Result<'checkpoints/list'>

/** How far reading all bytes of a checkpoint is. */
export interface Verifying {
  readonly doneBytes: number
  readonly totalBytes: number
}

const maxPictures = 48

/** So many saves like the newest one should fit onto the disk, or the window warns. */
const savesThatShouldFit = 3

/** The checkpoints of the run that is looked at, kept up to date while somebody looks. */
export class CheckpointsState {
  readonly #client: StudioClient
  readonly comparison = new Comparison()
  readonly export: ModelExport
  readonly #urls = new UrlCache(maxPictures)
  readonly #verifying = new SvelteMap<number, Verifying>()
  #runId: string | null = $state(null)
  #answer: Listed | null = $state.raw(null)
  /** Those whose bytes were read and found broken: the list looks at sizes only. */
  readonly #foundBroken = new SvelteMap<number, CheckpointCard>()
  readonly #listed: Listed | null = $derived.by(() => {
    const answer = this.#answer
    return answer === null
      ? null
      : { ...answer, checkpoints: answer.checkpoints.map((card) => this.#withFinding(card)) }
  })
  #problem: unknown = $state.raw(null)
  /** Grows with each question, so that an answer to an older one is not taken. */
  #asked = 0
  readonly #isDiskLow = $derived.by(() => {
    const { checkpoints = [], freeBytes = null } = this.#listed ?? {}
    const newest = checkpoints.find(({ isNewest }) => isNewest)
    return freeBytes !== null && newest !== undefined && freeBytes < savesThatShouldFit * newest.bytes
  })

  constructor(client: StudioClient) {
    this.#client = client
    this.export = new ModelExport(client)
    client.on('checkpoints/changed', ({ id }) => {
      if (id === this.#runId) {
        void this.load()
      }
    })
  }

  /** Turns to another run, or to none while nobody looks. */
  show(runId: string | null): void {
    if (runId === this.#runId) {
      return
    }
    this.#runId = runId
    this.#answer = null
    this.#problem = null
    this.#verifying.clear()
    this.#foundBroken.clear()
    this.comparison.clear()
    if (runId !== null) {
      void this.load()
    }
  }

  /** Asks anew what there is; what fails is kept for the view to show. */
  async load(): Promise<void> {
    const id = this.#runId
    if (id === null) {
      return
    }
    const asked = ++this.#asked
    try {
      const listed = await this.#client.call('checkpoints/list', { id })
      if (asked === this.#asked && id === this.#runId) {
        this.#answer = listed
        this.#problem = null
        this.comparison.keepOnly(
          listed.checkpoints.filter(({ status }) => status === 'complete').map(({ step }) => step)
        )
      }
    } catch (error) {
      if (asked === this.#asked && id === this.#runId) {
        this.#problem = error
      }
    }
  }

  /** Null until it is known. */
  get listed(): Listed | null {
    return this.#listed
  }

  get problem(): unknown {
    return this.#problem
  }

  find(step: number): CheckpointCard | null {
    return this.#listed?.checkpoints.find((checkpoint) => checkpoint.step === step) ?? null
  }

  /** True when only few more checkpoints fit onto the disk. */
  get isDiskLow(): boolean {
    return this.#isDiskLow
  }

  /** A URL of the run's fixed latents as this checkpoint draws them. */
  picture({ step, created }: CheckpointCard): Promise<string> {
    const id = this.#id
    const load = async () => (await this.#client.call('checkpoints/picture', { id, step })).png
    return this.#urls.url(`${id}/${step}/${created}`, load)
  }

  /** Null while the checkpoint isn't read. */
  verifyingOf(step: number): Verifying | null {
    return this.#verifying.get(step) ?? null
  }

  get isVerifying(): boolean {
    return this.#verifying.size > 0
  }

  /** Reads every byte of a checkpoint; the list tells what was found. */
  async verify(step: number): Promise<void> {
    if (this.#verifying.has(step)) {
      return
    }
    this.#verifying.set(step, { doneBytes: 0, totalBytes: 0 })
    try {
      const onProgress = (progress: Verifying) => this.#verifying.set(step, progress)
      const { checkpoint } = await this.#client.call('checkpoints/verify', { id: this.#id, step }, { onProgress })
      this.#put(checkpoint)
      if (checkpoint.status === 'broken') {
        this.#foundBroken.set(step, checkpoint)
      } else {
        this.#foundBroken.delete(step)
      }
    } finally {
      this.#verifying.delete(step)
    }
  }

  /** All of them, one after the other. */
  async verifyAll(): Promise<void> {
    for (const { step } of this.#listed?.checkpoints ?? []) {
      await this.verify(step)
    }
  }

  async pin(step: number, pinned: boolean): Promise<void> {
    this.#put((await this.#client.call('checkpoints/pin', { id: this.#id, step, pinned })).checkpoint)
  }

  /** Moves a checkpoint to the run's trash; gives what takes it back. */
  async delete(step: number): Promise<() => Promise<void>> {
    const id = this.#id
    const { trash } = await this.#client.call('checkpoints/delete', { id, step })
    await this.load()
    return () => this.#restore(id, trash)
  }

  restore(trash: TrashEntry): Promise<void> {
    return this.#restore(this.#id, trash)
  }

  async emptyTrash(): Promise<number> {
    const { freedBytes } = await this.#client.call('checkpoints/emptyTrash', { id: this.#id })
    await this.load()
    return freedBytes
  }

  async reveal(step: number): Promise<void> {
    await this.#client.call('checkpoints/reveal', { id: this.#id, step })
  }

  /** What going on from this step would move to the trash. */
  after(step: number): Promise<Result<'checkpoints/after'>> {
    return this.#client.call('checkpoints/after', { id: this.#id, step })
  }

  /** Goes on from this step; gives the run's card. */
  async startFrom(step: number): Promise<RunCard> {
    const { run } = await this.#client.call('runs/startFrom', { id: this.#id, step })
    await this.load()
    return run
  }

  /** Another rule of what is kept, from the next save on. */
  async setRule(rule: RetentionRule): Promise<void> {
    await this.#client.call('checkpoints/setRule', { id: this.#id, rule })
    await this.load()
  }

  async #restore(id: string, { name: trash }: TrashEntry): Promise<void> {
    await this.#client.call('checkpoints/restore', { id, trash })
    await this.load()
  }

  #put(checkpoint: CheckpointCard): void {
    if (this.#answer !== null) {
      const checkpoints = this.#answer.checkpoints.map((other) => (other.step === checkpoint.step ? checkpoint : other))
      this.#answer = { ...this.#answer, checkpoints }
    }
  }

  /** As it was found when all of it was read, unless it was written or verified anew since. */
  #withFinding(card: CheckpointCard): CheckpointCard {
    const found = this.#foundBroken.get(card.step)
    return found === undefined || found.created !== card.created || card.verified !== null ? card : found
  }

  get #id(): string {
    if (this.#runId === null) {
      throw new Error('checkpoints: expected a run, got none')
    }
    return this.#runId
  }
}
