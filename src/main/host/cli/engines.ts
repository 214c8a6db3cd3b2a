import { forkProcess } from '../../process/forkProcess'
import { EngineChooser } from '../../services/engines/engineChooser'
import { EngineTrials } from '../../services/engines/engineTrials'
import { userFolders } from '../../services/userFolders'
import { workshopEntry } from '../builtFiles'

/** Tries engines in processes of their own; the variable KWIAT_TENSORFLOW names the folder of TensorFlow's packages. */
export const createTrials = (): EngineTrials =>
  new EngineTrials({ spawnWorkshop: forkProcess(workshopEntry), tensorflowFolder: () => null })

/** Finds the engine for a run, and tells what was measured on stderr. */
export function createChooser(): EngineChooser {
  const trials = createTrials()
  return new EngineChooser({
    measure: (request, patienceMs) => trials.measure(request, patienceMs),
    choiceOf: (id) => trials.choiceOf(id),
    memoryFile: userFolders().enginesFile,
    onNote: (note) => process.stderr.write(`${note}\n`)
  })
}
