import { Worker } from 'node:worker_threads'
import { reviveError } from '../../shared/errors'
import { type CheckpointSaver, type Saved, type SaveRequest, saverHere } from '../checkpoints/checkpointSaver'
import { saverMessageSchema } from './saverProtocol'

interface Waiting {
  readonly resolve: (saved: Saved) => void
  readonly reject: (error: Error) => void
}

/** Saves in a thread of its own, one checkpoint after the other. */
class SaverThread implements CheckpointSaver {
  readonly isBackground = true
  readonly #worker: Worker
  /** In the order in which they were asked for, which is that of the answers. */
  #waiting: Waiting | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (message: unknown) => this.#hear(message))
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', (code) => this.#fail(new Error(`saver: expected its thread to go on, got exit code ${code}`)))
    // Between two saves it keeps nothing alive.
    worker.unref()
  }

  save(request: SaveRequest): Promise<Saved> {
    if (this.#waiting !== null) {
      throw new Error('saver: expected one checkpoint at a time, got another while one is being saved')
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#worker.ref()
      this.#worker.postMessage(request, buffersOf(request))
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #hear(message: unknown): void {
    const answer = saverMessageSchema.parse(message)
    if (answer.said === 'saved') {
      this.#settled()?.resolve(answer)
    } else if (answer.said === 'failed') {
      this.#fail(reviveError(answer.error))
    }
  }

  #fail(error: Error): void {
    this.#settled()?.reject(error)
  }

  #settled(): Waiting | null {
    const waiting = this.#waiting
    this.#waiting = null
    this.#worker.unref()
    return waiting
  }
}

/** The memory of all tensors, which moves to the other thread without being copied. */
const buffersOf = ({ contents }: SaveRequest): ArrayBuffer[] => [
  ...new Set(
    Array.from(contents.state.values(), ({ data }) => data.buffer).filter((buffer) => buffer instanceof ArrayBuffer)
  )
]

/**
 * Starts the thread that saves; where the system does not give one, checkpoints are saved in this thread.
 *
 * @param entry file of the built thread
 */
export function openSaver(entry: string): Promise<CheckpointSaver> {
  return new Promise((resolve) => {
    const worker = new Worker(entry)
    worker.once('message', () => resolve(new SaverThread(worker)))
    worker.once('error', () => resolve(saverHere))
  })
}
