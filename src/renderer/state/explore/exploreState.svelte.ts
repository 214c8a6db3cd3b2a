import { z } from 'zod'
import type { StudioClient } from '../../../shared/contract/studio'
import { fromLatentBytes } from '../../../shared/latent/latentBytes'
import { recall, remember } from '../remembered'
import { DirectionsPlay } from './directions.svelte'
import { ExploredRun } from './exploredRun.svelte'
import { Favourites } from './favourites.svelte'
import { MixPlay } from './mix.svelte'
import { Neighbours } from './neighbours.svelte'
import { PathPlay } from './pathPlay.svelte'
import { pictureOfPng } from './pictureImage'
import { type MadePicture, splitLatents } from './pictureSource'
import { PlanePlay } from './plane.svelte'
import { ProjectionPlay } from './projection.svelte'
import type { NamedLatent } from './slots.svelte'
import { Wall } from './wall.svelte'

export const exploreModes = ['wall', 'path', 'plane', 'directions', 'mix', 'project'] as const
export type ExploreMode = (typeof exploreModes)[number]

/** The view Explore: what is explored, each way to do so, the picture that was picked, and those that were kept. */
export class ExploreState {
  readonly #client: StudioClient
  readonly run: ExploredRun
  readonly favourites: Favourites
  readonly wall: Wall
  readonly path: PathPlay
  readonly plane: PlanePlay
  readonly directions: DirectionsPlay
  readonly mix: MixPlay
  readonly projection: ProjectionPlay
  readonly neighbours: Neighbours
  #mode: ExploreMode = $state(recall('explore', z.enum(exploreModes), 'wall'))
  #picked: MadePicture | null = $state.raw(null)
  /** What the mouse carries to a slot. */
  dragged: NamedLatent | null = $state.raw(null)

  /** @param decode makes the pixels of a PNG */
  constructor(client: StudioClient, decode = pictureOfPng) {
    this.#client = client
    this.run = new ExploredRun(client, () => this.#clear())
    this.favourites = new Favourites(client, decode)
    this.wall = new Wall(client, this.run)
    this.path = new PathPlay(client, this.run)
    this.plane = new PlanePlay(client, this.run)
    this.directions = new DirectionsPlay(client, this.run)
    this.mix = new MixPlay(client, this.run)
    this.projection = new ProjectionPlay(client, this.run)
    this.neighbours = new Neighbours(client)
  }

  get mode(): ExploreMode {
    return this.#mode
  }

  openMode(mode: ExploreMode): void {
    this.#mode = mode
    remember('explore', mode)
  }

  /** The picture that the panel beside tells of. */
  get picked(): MadePicture | null {
    return this.#picked
  }

  pick(picture: MadePicture | null): void {
    this.#picked = picture
  }

  /** Explores this run from now on. */
  open(runId: string | null): void {
    this.run.open(runId)
  }

  /** Keeps the latents of a file as favourites; resolves to how many there were. */
  async importLatents(file: File): Promise<number> {
    const { id: run, model, facts } = this.run
    if (run === null || model === null || facts === null) {
      return 0
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { latents } = await this.#client.call('explore/readLatents', { run, name: file.name, file: bytes })
    const rows = splitLatents(fromLatentBytes(latents, facts.latentSize, file.name), facts.latentSize)
    const name = file.name.replace(/\.[^.]*$/, '').slice(0, 90)
    // One after the other, the last one first: the newest favourite stands first.
    for (const [i, latent] of [...rows.entries()].reverse()) {
      await this.favourites.keep({ model, latent, name: `${name}-${i + 1}` })
    }
    return rows.length
  }

  #clear(): void {
    this.#picked = null
    for (const play of [this.wall, this.path, this.plane, this.directions, this.mix, this.projection]) {
      play.clear()
    }
  }
}
