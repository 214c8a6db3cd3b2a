import type { HostTensor } from '../../../shared/tensor'
import { analyzeArchitecture, type NetworkAnalysis } from '../../model/analysis'
import { type NetworkName, weightsOf } from '../../model/network'
import { stepName } from '../checkpointPaths'
import { listCheckpoints } from '../listCheckpoints'
import type { Manifest, StateFile } from '../manifest'
import { readCheckpoint } from '../readCheckpoint'
import type { RunFile } from '../runFile'
import { openRun } from '../runFolder'

/** Which generator is meant: its running average, which gives the better pictures, or the newest. */
export type ExportedWeights = 'ema' | 'raw'

/** A trained generator and all that is known of it. */
export interface ExportedModel {
  readonly run: RunFile
  readonly manifest: Manifest
  readonly which: ExportedWeights
  readonly analysis: NetworkAnalysis
  /** By `<layer>/<weight>`, in the order of the layers. */
  readonly weights: ReadonlyMap<string, HostTensor>
}

const parts: { readonly [W in ExportedWeights]: { readonly network: NetworkName; readonly file: StateFile } } = {
  ema: { network: 'ema', file: 'ema.safetensors' },
  raw: { network: 'generator', file: 'generator.safetensors' }
}

/**
 * Reads the generator of a checkpoint, every byte checked.
 *
 * @param from path of a checkpoint's folder, or of a run's: then its newest whole checkpoint
 * @throws KwiatError `run-not-found`, `checkpoint-not-found`, `checkpoint-broken` and the like
 */
export async function readExportedModel(from: string, which: ExportedWeights): Promise<ExportedModel> {
  const run = await openRun(from)
  const folder = run.checkpoint ?? (await newestWhole(run.folder)) ?? from
  const { network, file } = parts[which]
  const { manifest, state } = await readCheckpoint(folder, [file])
  const { generator: analysis } = analyzeArchitecture(run.file.configuration.architecture)
  const weights = weightsOf(network, analysis).map(({ path }) => {
    const tensor = state.get(path)
    if (tensor === undefined) {
      throw new Error(`${folder}: expected the weight ${path}, got none`)
    }
    return [path.slice(network.length + 1), tensor] as const
  })
  return { run: run.file, manifest, which, analysis, weights: new Map(weights) }
}

async function newestWhole(runFolder: string): Promise<string | null> {
  const listed = await listCheckpoints(runFolder)
  return listed.find(({ status }) => status === 'complete')?.folder ?? null
}

/** Numbers in one of its latents. */
export const latentSizeOf = ({ run }: ExportedModel): number => run.configuration.architecture.latentSize

/** What files and folders of it are called, without an ending: as "frogs-1a2b3c-step-000500". */
export function baseNameOf({ run, manifest, which }: Pick<ExportedModel, 'run' | 'manifest' | 'which'>): string {
  const name = run.name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '') || 'run'
  return `${name.slice(0, 40)}-${run.id}-${stepName(manifest.step)}${which === 'raw' ? '-raw' : ''}`
}
