import { SvelteMap } from 'svelte/reactivity'
import type { TrainerHealth } from '../../shared/contract/runs'
import type { StudioClient } from '../../shared/contract/studio'
import type { TrainingEvent } from '../../shared/contract/training'

type EventOf<Name extends TrainingEvent['event']> = Extract<TrainingEvent, { event: Name }>

/** The newest that a run in training told of itself. */
export interface Activity {
  readonly importing: EventOf<'importing'> | null
  readonly prepared: EventOf<'prepared'> | null
  readonly step: EventOf<'step'> | null
  readonly health: TrainerHealth | null
}

const idle: Activity = { importing: null, prepared: null, step: null, health: null }

/** The activity after an event; a run that ended is idle, but its engine stays known. */
function advance(activity: Activity, event: TrainingEvent): Activity {
  switch (event.event) {
    case 'importing':
      return { ...activity, importing: event }
    case 'prepared':
      return { ...activity, importing: null, prepared: event }
    case 'step':
      return { ...activity, step: event }
    case 'finished':
    case 'failed':
      return { ...idle, prepared: activity.prepared }
    case 'sample':
    case 'checkpoint':
    case 'removed':
      return activity
    default:
      return event satisfies never
  }
}

/** What trains, what waits, and how it goes. */
export class TrainingState {
  readonly #client: StudioClient
  readonly #activities = new SvelteMap<string, Activity>()
  #running: string | null = $state(null)
  #queued: readonly string[] = $state.raw([])

  constructor(client: StudioClient) {
    this.#client = client
    client.on('run/event', ({ id, events }) => this.#tell(id, events))
    client.on('trainer/health', (health) => this.#setHealth(health))
    client.on('queue/changed', ({ running, queued }) => {
      this.#running = running
      this.#queued = queued
    })
  }

  /** Learns what went on before this window opened. */
  async load(): Promise<void> {
    const { current } = await this.#client.call('runs/current')
    if (current !== null) {
      this.#running = current.id
      this.#tell(current.id, current.events)
      this.#setHealth(current.health)
    }
  }

  get running(): string | null {
    return this.#running
  }

  get queued(): readonly string[] {
    return this.#queued
  }

  of(id: string | null): Activity {
    return id === null ? idle : (this.#activities.get(id) ?? idle)
  }

  #tell(id: string, events: readonly TrainingEvent[]): void {
    this.#activities.set(id, events.reduce(advance, this.of(id)))
  }

  #setHealth(health: TrainerHealth): void {
    const ended = health.state === 'ended'
    this.#activities.set(health.id, { ...this.of(health.id), health: ended ? null : health })
  }
}
