import type { StudioClient } from '../../../shared/contract/studio'
import { neighbourhoodOf, type PlaneCorners, planeAt } from '../../../shared/latent/plane'
import type { ExploredRun } from './exploredRun.svelte'
import { LivePictures } from './livePictures.svelte'
import type { Picture } from './pictureSource'
import { randomSeed } from './randomSeed'
import { Slots } from './slots.svelte'

export const corners = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const
/** Pictures in a row of the map behind the pad, and of the sheet around the point. */
export const mapSide = 8
export const sheetSide = 5
/** Way of one press of an arrow key; ten times as far with Shift. */
const keyStep = 0.02

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

const keyMoves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
}

/** A plane between four latents, the point on it that is looked at, and what is around it. */
export class PlanePlay {
  readonly #run: ExploredRun
  readonly slots: Slots
  readonly #point: LivePictures
  readonly #sheet: LivePictures
  readonly #map: LivePictures
  #x = $state(0.5)
  #y = $state(0.5)
  #step = $state(0.1)
  readonly #corners: PlaneCorners | null = $derived.by(() => {
    const [topLeft, topRight, bottomLeft, bottomRight] = this.slots.all.map(({ latent }) => latent)
    return topLeft && topRight && bottomLeft && bottomRight ? { topLeft, topRight, bottomLeft, bottomRight } : null
  })
  readonly #latent = $derived(this.#corners === null ? null : planeAt(this.#corners, this.#x, this.#y))
  readonly #sheetLatents = $derived(
    this.#corners === null
      ? null
      : neighbourhoodOf(this.#corners, { x: this.#x, y: this.#y, step: this.#step, side: sheetSide })
  )
  readonly #mapLatents = $derived(
    this.#corners === null
      ? null
      : neighbourhoodOf(this.#corners, { x: 0.5, y: 0.5, step: 1 / (mapSide - 1), side: mapSide })
  )

  constructor(client: StudioClient, run: ExploredRun) {
    this.#run = run
    this.slots = new Slots(client, run)
    this.#point = new LivePictures(client, { live: true })
    this.#sheet = new LivePictures(client)
    this.#map = new LivePictures(client)
  }

  /** 0 at the left … 1 at the right. */
  get x(): number {
    return this.#x
  }

  /** 0 at the top … 1 at the bottom. */
  get y(): number {
    return this.#y
  }

  /** Distance of two pictures of the sheet. */
  get step(): number {
    return this.#step
  }

  /** The latent of the point; null while there is no plane. */
  get latent(): Float32Array | null {
    return this.#latent
  }

  /** The latents of the sheet, `[count, latentSize]`. */
  get sheetLatents(): Float32Array | null {
    return this.#sheetLatents
  }

  get picture(): Picture | null {
    return this.#point.at(0)
  }

  sheetPicture(index: number): Picture | null {
    return this.#sheet.at(index)
  }

  mapPicture(index: number): Picture | null {
    return this.#map.at(index)
  }

  get problem(): unknown {
    return this.#point.problem ?? this.#sheet.problem ?? this.#map.problem ?? this.slots.problem
  }

  moveTo(x: number, y: number): void {
    this.#x = clamp(x)
    this.#y = clamp(y)
  }

  setStep(step: number): void {
    this.#step = step
  }

  /** Moves the point as an arrow key says. False for other keys. */
  press(key: string, isFar: boolean): boolean {
    const move = keyMoves[key]
    if (move === undefined) {
      return false
    }
    const way = keyStep * (isFar ? 10 : 1)
    this.moveTo(this.#x + move[0] * way, this.#y + move[1] * way)
    return true
  }

  shuffle(): void {
    this.slots.draw(randomSeed(), corners.length)
  }

  begin(): void {
    if (this.slots.all.length === 0) {
      this.slots.draw(1, corners.length)
    }
  }

  /** Each asks for what it shows; to be called whenever that may have changed. */
  updatePoint(): void {
    this.#point.want(this.#run.model, this.#latent)
  }

  updateSheet(): void {
    this.#sheet.want(this.#run.model, this.#sheetLatents)
  }

  updateMap(): void {
    this.slots.update()
    this.#map.want(this.#run.model, this.#mapLatents)
  }

  retry(): void {
    this.updatePoint()
    this.updateSheet()
    this.updateMap()
  }

  clear(): void {
    this.slots.clear()
    for (const pictures of [this.#point, this.#sheet, this.#map]) {
      pictures.clear()
    }
    this.moveTo(0.5, 0.5)
  }
}
