import type { DecodedPicture } from '../decode/decodePicture'
import type { PictureSize, Refusal } from '../decode/picture'
import { countEach } from '../sources/countEach'
import type { Manifest } from './manifest'
import { PixelStatistics } from './pixelStatistics'

/** Refused pictures that are listed by name; the others are counted. */
const listedAtMost = 1000

/** How far an import is. */
export interface ImportProgress {
  /** Pictures imported or refused. */
  readonly done: number
  /** Pictures in the source; null as long as it isn't known. */
  readonly total: number | null
  readonly refused: number
}

/** Adds up what a manifest says about the pictures while they pass. */
export class ImportTally {
  readonly #labelOf: ReadonlyMap<string, number>
  readonly #labels: number[] = []
  readonly #statistics: PixelStatistics
  readonly #refused: Omit<Refusal, 'kind'>[] = []
  #refusedCount = 0
  #smallest: PictureSize = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }
  #largest: PictureSize = { width: 0, height: 0 }

  constructor(classNames: readonly string[], channels: number) {
    this.#labelOf = new Map(classNames.map((name, label) => [name, label]))
    this.#statistics = new PixelStatistics(channels)
  }

  accept(className: string, { pixels, original }: DecodedPicture): void {
    this.#labels.push(this.#labelOf.get(className)!)
    this.#statistics.add(pixels)
    this.#smallest = areaOf(original) < areaOf(this.#smallest) ? original : this.#smallest
    this.#largest = areaOf(original) > areaOf(this.#largest) ? original : this.#largest
  }

  refuse({ name, code, reason }: Refusal): void {
    this.#refusedCount++
    if (this.#refused.length < listedAtMost) {
      this.#refused.push({ name, code, reason })
    }
  }

  get labels(): Int32Array {
    return Int32Array.from(this.#labels)
  }

  get refusals(): Pick<Manifest, 'refusedCount' | 'refused'> {
    return { refusedCount: this.#refusedCount, refused: this.#refused }
  }

  /** What the accepted pictures have in common; there must be one at least. */
  get summary() {
    const names = [...this.#labelOf.keys()]
    const counts = countEach(this.#labels.map((label) => names[label]!))
    return {
      count: this.#labels.length,
      classes: names.map((name) => ({ name, count: counts.get(name) ?? 0 })),
      channelMeans: this.#statistics.means,
      channelDeviations: this.#statistics.deviations,
      smallestOriginal: this.#smallest,
      largestOriginal: this.#largest
    }
  }

  progress(total: number | null): ImportProgress {
    return { done: this.#labels.length + this.#refusedCount, total, refused: this.#refusedCount }
  }
}

const areaOf = ({ width, height }: PictureSize): number => width * height
