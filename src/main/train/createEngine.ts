import type { EngineChoice } from '../../shared/contract/training'
import { createEagerEngine } from '../engine/eager'
import type { Engine } from '../engine/engine'
import { createOrtEngine } from '../engine/ort'
import { useHostBackend } from '../model/hostBackend'
import { currentLayer } from '../model/layerScope'

const creators: { readonly [Id in EngineChoice['id']]: (choice: EngineChoice) => Engine } = {
  cpu: ({ threads }) => createOrtEngine({ currentLayer, ...(threads === undefined ? {} : { threads }) }),
  eager: () => createEagerEngine('cpu')
}

/** Creates the engine that was chosen. */
export function createEngine(choice: EngineChoice): Engine {
  useHostBackend()
  return creators[choice.id](choice)
}
