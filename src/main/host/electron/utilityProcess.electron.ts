import { constants } from 'node:os'
import { utilityProcess } from 'electron'
import { keysOf } from '../../../shared/records'
import { forEachLine } from '../../process/forkProcess'
import type { OwnedProcess, SpawnProcess } from '../../process/ownedProcess'

/** Electron gives the number of the signal that ended the process in the place of an exit code; the trainer uses 0 and 1. */
function signalOf(code: number): NodeJS.Signals | null {
  const names = process.platform === 'win32' || code <= 1 ? [] : keysOf(constants.signals)
  return names.find((name) => constants.signals[name] === code) ?? null
}

/**
 * A utility process of Electron.
 *
 * @param entry file of the built program
 * @param serviceName what the system's list of processes calls it
 */
export const forkUtility =
  (entry: string, serviceName: string): SpawnProcess =>
  (onOutput): OwnedProcess => {
    const child = utilityProcess.fork(entry, [], {
      serviceName,
      stdio: onOutput === undefined ? 'inherit' : 'pipe'
    })
    if (onOutput !== undefined) {
      forEachLine([child.stdout, child.stderr], onOutput)
    }
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => {
        child.on('message', listener)
      },
      onExit: (listener) => {
        child.once('exit', (code) => {
          const signal = signalOf(code)
          listener(signal === null ? code : null, signal)
        })
      },
      release: () => child.postMessage({ command: 'end' }),
      kill: () => {
        // Electron's own `kill` asks; the trainer takes that for a request to save.
        if (child.pid !== undefined) {
          process.kill(child.pid, 'SIGKILL')
        }
      }
    }
  }
