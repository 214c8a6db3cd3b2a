import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { OwnedProcess, SpawnProcess } from './ownedProcess'

/** Calls `onLine` for each line of the streams. */
export function forEachLine(streams: readonly (NodeJS.ReadableStream | null)[], onLine: (line: string) => void): void {
  for (const stream of streams) {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', onLine)
    }
  }
}

/**
 * A child of Node.
 *
 * @param entry file of the built program
 */
export const forkProcess =
  (entry: string): SpawnProcess =>
  (onOutput): OwnedProcess => {
    const output = onOutput === undefined ? 2 : 'pipe'
    const child = fork(entry, [], {
      stdio: ['ignore', output, output, 'ipc'],
      // Bytes cross as bytes, as between Electron's processes.
      serialization: 'advanced'
    })
    if (onOutput !== undefined) {
      forEachLine([child.stdout, child.stderr], onOutput)
    }
    return {
      send: (message) => {
        // Between its end and the news of it, there is no one to tell.
        if (child.connected) {
          child.send(message, () => undefined)
        }
      },
      onMessage: (listener) => {
        child.on('message', listener)
      },
      onExit: (listener) => {
        // Unlike "exit", "close" comes after the last message.
        child.once('close', listener)
        // Where no process could be started there is no exit.
        child.once('error', () => child.pid === undefined && listener(null, null))
      },
      release: () => undefined,
      kill: () => {
        child.kill('SIGKILL')
      }
    }
  }
