import type { EngineChoice, EngineId } from '../../shared/contract/training'
import { createEagerEngine, javaScriptBackend } from '../engine/eager/eagerEngine'
import { loadTensorflow, type TensorflowId, tensorflowFolders } from '../engine/eager/tensorflow'
import type { Engine } from '../engine/engine'
import { createOrtEngine } from '../engine/ort/ortEngine'
import type { ProviderId } from '../engine/ort/providers'
import { useHostBackend } from '../model/hostBackend'
import { currentLayer } from '../model/layerScope'

type Create = (choice: EngineChoice) => Engine | Promise<Engine>

const onProvider =
  (provider: ProviderId): Create =>
  ({ threads }) =>
    createOrtEngine({ provider, currentLayer, ...(threads === undefined ? {} : { threads }) })

/** The folder that the user named counts before the one that Kwiat is in. */
const onTensorflow =
  (id: TensorflowId): Create =>
  async ({ tensorflowFolder }) =>
    createEagerEngine(await loadTensorflow(id, tensorflowFolders(tensorflowFolder)))

const creators: { readonly [Id in EngineId]: Create } = {
  cpu: onProvider('cpu'),
  webgpu: onProvider('webgpu'),
  cuda: onProvider('cuda'),
  dml: onProvider('dml'),
  coreml: onProvider('coreml'),
  'tfjs-node-gpu': onTensorflow('tfjs-node-gpu'),
  'tfjs-node': onTensorflow('tfjs-node'),
  eager: () => createEagerEngine(javaScriptBackend)
}

/**
 * Creates the engine that was chosen.
 *
 * @throws KwiatError `engine-unavailable` where it needs a package that is not there
 */
export async function createEngine(choice: EngineChoice): Promise<Engine> {
  useHostBackend()
  return creators[choice.id](choice)
}
