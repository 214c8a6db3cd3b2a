import { dirname } from 'node:path'
import type { Metrics } from '../../shared/contract/metrics'
import { type Disk, nodeDisk, type WritableFile } from '../files/disk'
import { explainDiskFaults } from '../files/explainDiskFaults'
import { truncateMetrics } from './metricsFile'

/** So many lines are kept back at most before they are written, */
const bufferedLines = 64
/** and for so long: who follows the file sees slow steps as they come. */
const bufferedMs = 1000

/** Appends to a run's metrics file. Nothing is lost when a write fails: the next one repeats it at the same place. */
export class MetricsWriter {
  readonly #file: WritableFile
  readonly #path: string
  readonly #disk: Disk
  #length: number
  #buffered: string[] = []
  #writtenMs = performance.now()
  #lastWrite: Promise<void> = Promise.resolve()

  private constructor(file: WritableFile, path: string, length: number, disk: Disk) {
    this.#file = file
    this.#path = path
    this.#length = length
    this.#disk = disk
  }

  /**
   * Opens the file to go on after `step` (0 for a new run): later lines and a half-written one are cut.
   *
   * @throws KwiatError `disk-full`, `disk-unwritable`
   */
  static async open(path: string, step: number, disk: Disk = nodeDisk): Promise<MetricsWriter> {
    return explainDiskFaults(savingMetrics(path, 0), disk, async () => {
      const length = await truncateMetrics(path, step, disk)
      const file = await disk.openFile(path)
      await disk.syncFolder(dirname(path))
      return new MetricsWriter(file, path, length, disk)
    })
  }

  /** Adds a line; steps must increase. Most calls only remember it. */
  async append(metrics: Metrics): Promise<void> {
    this.#buffered.push(`${JSON.stringify(metrics)}\n`)
    const isLate = performance.now() - this.#writtenMs >= bufferedMs
    if (isLate || this.#buffered.length >= bufferedLines) {
      this.#writtenMs = performance.now()
      await this.#enqueue(() => this.#writeBuffered())
    }
  }

  /**
   * Returns when all lines are on the disk itself; to be called before each checkpoint.
   *
   * @throws KwiatError `disk-full`, `disk-unwritable`
   */
  async flush(): Promise<void> {
    await this.#enqueue(async () => {
      await this.#writeBuffered()
      await this.#file.sync()
    })
  }

  /** Flushes and closes; the file is closed even when the flush fails. */
  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.#file.close()
    }
  }

  /** One write after the other, since each begins where the last one ended. */
  #enqueue(write: () => Promise<void>): Promise<void> {
    const explained = () => explainDiskFaults(savingMetrics(this.#path, this.#pendingBytes()), this.#disk, write)
    this.#lastWrite = this.#lastWrite.then(explained, explained)
    return this.#lastWrite
  }

  async #writeBuffered(): Promise<void> {
    const lines = this.#buffered.length
    const bytes = Buffer.from(this.#buffered.join(''))
    await this.#file.write(bytes, this.#length)
    this.#length += bytes.byteLength
    this.#buffered.splice(0, lines)
  }

  #pendingBytes(): number {
    return this.#buffered.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
  }
}

const savingMetrics = (path: string, bytes: number) => ({
  task: 'saving metrics',
  folder: dirname(path),
  bytes,
  safe: 'the lines written before and all checkpoints are whole'
})
