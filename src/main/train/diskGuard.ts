import { KwiatError } from '../../shared/errors'
import { formatBytes } from '../../shared/formatBytes'
import { type Disk, nodeDisk } from '../files/disk'

const bytesPerMegabyte = 1e6
const lookEveryMs = 10_000

interface GuardParts {
  readonly folder: string
  /** Of one checkpoint. */
  readonly checkpointBytes: number
  /** Space that shall stay free, in megabytes. */
  readonly keepFree: number
  readonly disk?: Disk
  /** Milliseconds on a clock that never jumps. */
  readonly now?: () => number
}

/** Looks after the disk of a run, so that training ends before it is full. */
export class DiskGuard {
  readonly #parts: GuardParts
  readonly #disk: Disk
  readonly #now: () => number
  #lookedMs = Number.NEGATIVE_INFINITY

  constructor(parts: GuardParts) {
    this.#parts = parts
    this.#disk = parts.disk ?? nodeDisk
    this.#now = parts.now ?? (() => performance.now())
  }

  /**
   * Why training has to pause: after one more checkpoint, less than what shall stay free would be left. Null where there
   * is enough, where the system doesn't say, and in between two looks.
   */
  async problem(): Promise<KwiatError | null> {
    const nowMs = this.#now()
    if (nowMs - this.#lookedMs < lookEveryMs) {
      return null
    }
    this.#lookedMs = nowMs
    const { folder, checkpointBytes, keepFree } = this.#parts
    const wanted = checkpointBytes + keepFree * bytesPerMegabyte
    const freeBytes = await this.#disk.freeBytes(folder)
    // Some network disks report 0 for "unknown".
    return freeBytes === null || freeBytes === 0 || freeBytes >= wanted ? null : lowDisk(folder, wanted, freeBytes)
  }

  /** Whether a checkpoint still goes on the disk, as far as the system says. */
  async hasRoom(): Promise<boolean> {
    const { folder, checkpointBytes } = this.#parts
    const freeBytes = await this.#disk.freeBytes(folder)
    return freeBytes === null || freeBytes === 0 || freeBytes >= checkpointBytes
  }
}

const lowDisk = (folder: string, wanted: number, freeBytes: number): KwiatError =>
  new KwiatError('disk-full', {
    who: folder,
    expected: `${formatBytes(wanted)} of free space, with the next checkpoint`,
    actual: `a disk with ${formatBytes(freeBytes)} free`,
    todo: 'free some space and go on (everything is saved)'
  })
