import { utilityProcess } from 'electron'
import { forEachLine } from '../../trainer/forkTrainer'
import type { SpawnTrainer, TrainerProcess } from '../../trainer/trainerProcess'
import { trainerEntry } from '../builtFiles'

/** The trainer as a utility process of Electron. */
export const spawnUtilityTrainer: SpawnTrainer = (onOutput): TrainerProcess => {
  const child = utilityProcess.fork(trainerEntry, [], {
    serviceName: 'Kwiat trainer',
    stdio: onOutput === undefined ? 'inherit' : 'pipe'
  })
  if (onOutput !== undefined) {
    forEachLine([child.stdout, child.stderr], onOutput)
  }
  return {
    send: (command) => child.postMessage(command),
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(code, null))
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
