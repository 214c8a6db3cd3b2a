import type { EngineChoice, EngineId } from '../../shared/contract/training'
import { createEagerEngine } from '../engine/eager'
import type { Engine } from '../engine/engine'
import { createOrtEngine } from '../engine/ort/ortEngine'
import type { ProviderId } from '../engine/ort/providers'
import { useHostBackend } from '../model/hostBackend'
import { currentLayer } from '../model/layerScope'

const onProvider =
  (provider: ProviderId) =>
  ({ threads }: EngineChoice): Engine =>
    createOrtEngine({ provider, currentLayer, ...(threads === undefined ? {} : { threads }) })

const creators: { readonly [Id in EngineId]: (choice: EngineChoice) => Engine } = {
  cpu: onProvider('cpu'),
  webgpu: onProvider('webgpu'),
  cuda: onProvider('cuda'),
  dml: onProvider('dml'),
  coreml: onProvider('coreml'),
  eager: () => createEagerEngine('cpu')
}

/** Creates the engine that was chosen. */
export function createEngine(choice: EngineChoice): Engine {
  useHostBackend()
  return creators[choice.id](choice)
}
