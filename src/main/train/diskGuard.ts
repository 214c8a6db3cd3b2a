import { KwiatError } from '../../shared/errors'
import { formatBytes } from '../../shared/formatBytes'
import { type Disk, nodeDisk } from '../files/disk'

const bytesPerMegabyte = 1e6
const lookEveryMs = 10_000

/** Of a checkpoint's manifest, of the metrics, and of what the file system itself needs. */
const spareBytes = 1e6

/** A disk that is nearly full. */
export interface LowDisk {
  /** Whether one more checkpoint still goes on it. */
  readonly hasRoom: boolean
  /** The sentence for the user; `saved` says what is saved. */
  problem(saved: string): KwiatError
}

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
   * That training has to pause, since after one more checkpoint less would be left than shall stay free. Null where
   * there is enough, where the system doesn't say, and in between two looks.
   */
  async look(): Promise<LowDisk | null> {
    const nowMs = this.#now()
    if (nowMs - this.#lookedMs < lookEveryMs) {
      return null
    }
    this.#lookedMs = nowMs
    const { folder, checkpointBytes, keepFree } = this.#parts
    const wanted = checkpointBytes + keepFree * bytesPerMegabyte
    const freeBytes = await this.#disk.freeBytes(folder)
    // Some network disks report 0 for "unknown".
    if (freeBytes === null || freeBytes === 0 || freeBytes >= wanted) {
      return null
    }
    return {
      hasRoom: freeBytes >= checkpointBytes + spareBytes,
      problem: (saved) => lowDisk(folder, wanted, freeBytes, saved)
    }
  }
}

const lowDisk = (folder: string, wanted: number, freeBytes: number, saved: string): KwiatError =>
  new KwiatError('disk-full', {
    who: folder,
    expected: `${formatBytes(wanted)} of free space for the next checkpoint and for everything else`,
    actual: `a disk with ${formatBytes(freeBytes)} free`,
    todo: `free some space and go on; training paused and ${saved}`
  })
