import { dirname } from 'node:path'
import type { OpenedRun } from '../../shared/contract/app'
import type { RunCard } from '../../shared/contract/runs'
import type { Params, Result } from '../../shared/contract/studio'
import { type EngineWish, engineIds, type TrainingEvent, type TrainRequest } from '../../shared/contract/training'
import { describeError, KwiatError } from '../../shared/errors'
import { drawRunId, openRun, type Run } from '../checkpoints/runFolder'
import { isFolder } from '../files/exists'
import type { SpawnProcess } from '../process/ownedProcess'
import type { Snapshot } from '../train/snapshots'
import type { TrainingOutcome } from '../trainer/owner'
import type { Emit } from './eventHub'
import { type KnownRun, planOf, runCardOf } from './runCard'
import { progressOf, RunLibrary, type RunPlaces } from './runLibrary'
import type { RunNote, StudioFile } from './studioFile'
import type { StudioLog } from './studioLog'
import { TrainingQueue } from './trainingQueue'
import { type ChooseEngine, trainRequestFor } from './trainRequestFor'

export interface RunsParts {
  /** The folder where runs are made, and those where they were made before; asked for at each use. */
  readonly places: () => Omit<RunPlaces, 'linked'>
  readonly file: StudioFile
  readonly log: StudioLog
  readonly emit: Emit
  readonly spawn: SpawnProcess
  readonly chooseEngine: ChooseEngine
}

/** A run that crashes again without having got further is not restarted by itself for ever. */
const maxRestarts = 3

const interrupted: RunNote['problem'] = {
  code: 'trainer-crashed',
  message: 'Kwiat ended while this run trained; start it to go on from its last checkpoint.'
}

const newNote: RunNote = {
  state: 'stopped',
  problem: null,
  engine: { id: 'auto' },
  steps: null,
  draft: null,
  isDeleted: false
}

/** The engine that a run was made on, where this Kwiat has it. */
const engineOf = (run: Run | null): EngineWish => ({ id: engineIds.find((id) => id === run?.file.engine) ?? 'auto' })

/** Events after which a run's card says something else. */
const cardEvents: ReadonlySet<TrainingEvent['event']> = new Set(['prepared', 'sample', 'checkpoint'])

/** The user's runs: what there is, what trains, and what was asked for. */
export class Runs {
  readonly library: RunLibrary
  readonly #parts: RunsParts
  readonly #queue: TrainingQueue
  /** How a run that is asked to end shall be called afterwards. */
  readonly #endings = new Map<string, 'paused' | 'stopped'>()
  readonly #restarts = new Map<string, number>()

  constructor(parts: RunsParts) {
    this.#parts = parts
    this.library = new RunLibrary(
      () => ({ ...parts.places(), linked: parts.file.content.linkedRuns }),
      (text) => parts.log.add('warning', text)
    )
    this.#queue = new TrainingQueue({
      spawn: parts.spawn,
      requestFor: (id) => this.#requestFor(id),
      listenersFor: (id) => ({
        onEvents: (events) => this.#onEvents(id, events),
        onHealth: (health) => parts.emit('trainer/health', health),
        onOutput: (line) => parts.log.addOutput(line, id)
      }),
      onChange: () => this.#onQueueChange(),
      onEnd: (id, outcome) => this.#onEnd(id, outcome)
    })
  }

  /** Settles what the last session left behind; to be called once before all else. */
  async settle(): Promise<void> {
    for (const [id, note] of Object.entries(this.#parts.file.content.notes)) {
      if (note.state === 'running') {
        this.#note(id, { state: 'crashed', problem: interrupted })
      } else if (note.state === 'queued') {
        this.#note(id, { state: 'paused' })
      }
    }
    await this.library.emptyTrash(new Date())
  }

  async list(): Promise<RunCard[]> {
    const ids = [...(await this.library.list()).keys()]
    const drafts = Object.entries(this.#notes).filter(([id, { draft }]) => draft !== null && !ids.includes(id))
    const all = [...ids, ...drafts.map(([id]) => id)].filter((id) => this.#notes[id]?.isDeleted !== true)
    return Promise.all(all.map((id) => this.card(id)))
  }

  async card(id: string): Promise<RunCard> {
    return runCardOf(await this.#known(id))
  }

  /**
   * Opens a run by its folder, its `run.json`, a `.kwiat` file beside that, or one of its checkpoints; one that lies
   * elsewhere is listed from then on. Null for what is no run.
   *
   * @throws KwiatError `run-broken`, `run-newer`
   */
  async open(path: string): Promise<OpenedRun | null> {
    const isFileOfRun = /(^|[\\/])run\.json$|\.kwiat$/.test(path) && !(await isFolder(path))
    const opened = await openRun(isFileOfRun ? dirname(path) : path).catch((error: unknown) => {
      if (error instanceof KwiatError && error.code === 'run-not-found') {
        return null
      }
      throw error
    })
    if (opened === null) {
      return null
    }
    const { id } = opened.file
    if ((await this.library.list()).get(id)?.folder !== opened.folder) {
      const others = this.#parts.file.content.linkedRuns.filter((folder) => folder !== opened.folder)
      this.#parts.file.update({ linkedRuns: [...others, opened.folder] })
      await this.library.list()
    }
    this.#note(id, { isDeleted: false })
    return { run: await this.#tellCard(id), checkpoint: opened.checkpoint !== null }
  }

  current(): Result<'runs/current'> {
    const { session } = this.#queue
    return { current: session === null ? null : { id: session.id, health: session.health, events: session.events } }
  }

  get isTraining(): boolean {
    return this.#queue.running !== null
  }

  create({ name, configuration, data, engine }: Params<'runs/create'>): Promise<RunCard> {
    const id = drawRunId()
    const draft = { name, configuration, data, created: new Date().toISOString() }
    this.#note(id, { state: 'queued', engine, draft })
    this.#queue.add(id)
    return this.card(id)
  }

  /** Takes up a branch that was made of another run, and queues it when asked to. */
  async adoptBranch(id: string, from: string, start: boolean, notices: readonly string[]): Promise<RunCard> {
    await this.library.list()
    this.#note(id, { state: 'paused', engine: this.#notes[from]?.engine ?? engineOf(await this.library.find(from)) })
    for (const notice of notices) {
      this.#parts.log.add('info', notice, id)
    }
    return start ? this.start(id, undefined) : this.#tellCard(id)
  }

  async start(id: string, steps: number | undefined): Promise<RunCard> {
    const { saved } = await this.#known(id)
    const engine = this.#notes[id]?.engine ?? engineOf(saved?.run ?? null)
    this.#restarts.delete(id)
    this.#note(id, { state: 'queued', problem: null, engine, ...(steps === undefined ? {} : { steps }) })
    this.#queue.add(id)
    return this.card(id)
  }

  /** Saves and ends the run, or takes it out of the queue. */
  async end(id: string, ending: 'paused' | 'stopped'): Promise<RunCard> {
    if (this.#queue.running === id) {
      this.#endings.set(id, ending)
      this.#queue.stop()
    } else if (this.#queue.waiting.includes(id)) {
      this.#note(id, { state: ending })
      this.#queue.remove(id)
      await this.#tellCard(id)
    }
    return this.card(id)
  }

  async kill(id: string): Promise<RunCard> {
    if (this.#queue.running === id) {
      this.#queue.kill()
    }
    return this.card(id)
  }

  move(id: string, position: number): void {
    this.#queue.move(id, position)
  }

  async rename(id: string, name: string): Promise<RunCard> {
    const { saved, note } = await this.#known(id)
    if (saved !== null) {
      await this.library.rename(id, name)
    } else if (note?.draft) {
      this.#note(id, { draft: { ...note.draft, name } })
    }
    return this.#tellCard(id)
  }

  async duplicate(id: string): Promise<Result<'runs/duplicate'>> {
    const { saved, note } = await this.#known(id)
    const { name, configuration, data } = planOf(id, saved?.run ?? null, note)
    return { name, configuration, data }
  }

  /** @throws KwiatError `run-locked` while it trains */
  async delete(id: string): Promise<void> {
    const { saved } = await this.#known(id)
    if (this.#queue.running === id) {
      throw new KwiatError('run-locked', {
        who: `run ${id}`,
        expected: 'a run that does not train',
        actual: 'the one that trains now',
        todo: 'stop it first'
      })
    }
    this.#queue.remove(id)
    if (saved !== null) {
      await this.library.moveToTrash(id)
    }
    this.#note(id, { isDeleted: true, ...(this.#notes[id]?.state === 'queued' ? { state: 'stopped' } : {}) })
    this.#parts.emit('run/removed', { id })
  }

  async restore(id: string): Promise<RunCard> {
    await this.library.restore(id)
    this.#note(id, { isDeleted: false })
    return this.#tellCard(id)
  }

  /**
   * Has the generator of the run that trains written below `parent`; see `Trainer.snapshot`.
   *
   * @throws KwiatError `run-not-training`
   */
  async snapshot(id: string, parent: string): Promise<Snapshot> {
    const { session } = this.#queue
    if (session === null || session.id !== id) {
      throw new KwiatError('run-not-training', {
        who: `run ${id}`,
        expected: 'a run that trains',
        actual: 'one that doesn’t',
        todo: 'explore one of its checkpoints'
      })
    }
    return session.snapshot(parent)
  }

  /** Lets the run that trains save itself, and ends it after `graceMs` at the latest. */
  async close(graceMs: number): Promise<void> {
    for (const id of this.#queue.waiting) {
      this.#note(id, { state: 'paused' })
    }
    if (this.#queue.running !== null) {
      this.#endings.set(this.#queue.running, 'paused')
    }
    await this.#queue.close(graceMs)
  }

  get #notes(): Readonly<Record<string, RunNote>> {
    return this.#parts.file.content.notes
  }

  #note(id: string, change: Partial<RunNote>): void {
    const before = this.#notes[id] ?? newNote
    this.#parts.file.update({ notes: { ...this.#notes, [id]: { ...before, ...change } } })
  }

  async #known(id: string): Promise<KnownRun> {
    const run = await this.library.find(id)
    const position = this.#queue.waiting.indexOf(id)
    return {
      id,
      saved: run === null ? null : { run, progress: await progressOf(run.folder) },
      note: this.#notes[id] ?? null,
      queuePosition: position < 0 ? null : position,
      live: this.#queue.running === id ? { step: this.#queue.session?.step ?? null } : null
    }
  }

  async #requestFor(id: string): Promise<TrainRequest> {
    const run = await this.library.find(id)
    const note = this.#notes[id] ?? newNote
    this.#note(id, { state: 'running', problem: null })
    return trainRequestFor(id, run, note, this.#parts.places().folder, this.#parts.chooseEngine)
  }

  #onEvents(id: string, events: TrainingEvent[]): void {
    this.#parts.emit('run/event', { id, events })
    for (const event of events) {
      if (event.event === 'prepared') {
        // The folder tells from now on what was asked for.
        this.#note(id, { draft: null })
        for (const notice of event.notices) {
          this.#parts.log.add('warning', notice, id)
        }
        this.#parts.log.add('info', `Training on ${event.engine}, ${event.pictures} pictures.`, id)
      }
    }
    if (events.some(({ event }) => event === 'checkpoint')) {
      this.#parts.emit('checkpoints/changed', { id })
      this.#restarts.delete(id)
    }
    if (events.some(({ event }) => cardEvents.has(event))) {
      this.#tellCardSoon(id)
    }
  }

  #onQueueChange(): void {
    const { running, waiting } = this.#queue
    this.#parts.emit('queue/changed', { running, queued: [...waiting] })
    for (const id of running === null ? waiting : [running, ...waiting]) {
      this.#tellCardSoon(id)
    }
  }

  #onEnd(id: string, outcome: TrainingOutcome): void {
    const ending = this.#endings.get(id) ?? 'stopped'
    this.#endings.delete(id)
    if (outcome.event === 'finished' && outcome.reason === 'paused') {
      const problem = outcome.problem ?? null
      this.#note(id, { state: 'paused', problem })
      this.#parts.log.add('warning', problem?.message ?? `Paused after step ${outcome.step}.`, id)
    } else if (outcome.event === 'finished') {
      this.#note(id, { state: outcome.reason === 'done' ? 'done' : ending, problem: null })
      this.#parts.log.add('info', `${outcome.reason === 'done' ? 'Done' : 'Stopped'} after step ${outcome.step}.`, id)
    } else {
      const { code, message } = outcome
      this.#note(id, { state: code === 'trainer-crashed' ? 'crashed' : 'failed', problem: { code, message } })
      this.#parts.log.add('error', message, id)
      this.#restart(id, code)
    }
    this.#tellCardSoon(id)
  }

  #restart(id: string, code: string): void {
    const restarts = this.#restarts.get(id) ?? 0
    if (code === 'trainer-crashed' && this.#parts.file.content.settings.restartAfterCrash && restarts < maxRestarts) {
      this.#restarts.set(id, restarts + 1)
      this.#note(id, { state: 'queued' })
      this.#queue.add(id, 'first')
    }
  }

  #tellCardSoon(id: string): void {
    this.#tellCard(id).catch((error: unknown) => {
      this.#parts.log.add('warning', describeError(error), id)
      if (error instanceof KwiatError && error.code === 'run-not-found') {
        // Its folder was moved away while nobody looked.
        this.#parts.emit('run/removed', { id })
      }
    })
  }

  async #tellCard(id: string): Promise<RunCard> {
    const run = await this.card(id)
    this.#parts.emit('run/changed', { run })
    return run
  }
}
