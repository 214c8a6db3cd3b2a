import { parentPort } from 'node:worker_threads'
import { serializeError } from '../../shared/errors'
import { saveCheckpoint } from '../checkpoints/checkpointSaver'
import { type SaverMessage, saveRequestSchema } from './saverProtocol'

/** The thread that writes checkpoints beside the training, which never waits for a disk then. */
const say = (message: SaverMessage): void => parentPort?.postMessage(message)

async function save(message: unknown): Promise<SaverMessage> {
  try {
    const { path, removed } = await saveCheckpoint(saveRequestSchema.parse(message))
    return { said: 'saved', path, removed: { ...removed, steps: [...removed.steps] } }
  } catch (error) {
    return { said: 'failed', error: serializeError(error) }
  }
}

parentPort?.on('message', (message: unknown) => void save(message).then(say))
say({ said: 'ready' })
