import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RunConfiguration } from '../../../shared/config/runConfiguration'
import { KwiatError } from '../../../shared/errors'
import type { LatentDistribution } from '../../../shared/latent/drawLatents'
import { type LatentRange, seededLatents } from '../../../shared/latent/seededLatents'
import type { HostTensor } from '../../../shared/tensor'
import { stepOfName } from '../../checkpoints/checkpointPaths'
import { listCheckpoints } from '../../checkpoints/listCheckpoints'
import type { StateFile } from '../../checkpoints/manifest'
import { readCheckpoint } from '../../checkpoints/readCheckpoint'
import { openRun } from '../../checkpoints/runFolder'
import { decodeSafetensors } from '../../checkpoints/safetensors'
import type { Engine, EngineState } from '../../engine/engine'
import { unlessMissing } from '../../files/nodeErrors'
import type { LatentsOrigin } from '../../latent/latentsFile'
import { analyzeArchitecture } from '../../model/analysis'
import { buildNetwork, disposeNetwork, type Network } from '../../model/network'
import { createEngine } from '../../train/createEngine'
import { type PictureBatch, PictureGenerator } from '../../train/sampler'

/** Which weights make the pictures: the generator's running average, which gives the better ones, or the newest. */
export type Weights = 'ema' | 'raw'

/** A trained generator on the disk. */
export interface ModelSource {
  /** Folder of a checkpoint in its run, or of a snapshot. */
  readonly checkpoint: string
  /** Folder of the run that a snapshot was taken of; left out for a checkpoint. */
  readonly snapshotOf?: string
  readonly weights: Weights
}

const parts: { readonly [W in Weights]: { readonly network: 'ema' | 'generator'; readonly file: StateFile } } = {
  ema: { network: 'ema', file: 'ema.safetensors' },
  raw: { network: 'generator', file: 'generator.safetensors' }
}

/**
 * exact: equal latents give equal bytes, however many are made · live: as fast as can be; one picture alone is then made
 * by a program of its own, which may round a byte otherwise.
 */
export type Pace = 'exact' | 'live'

/** Pictures that are made at once. */
const exactBatch = 8

interface LoadedWeights {
  readonly tensors: ReadonlyMap<string, HostTensor>
  readonly state: EngineState
}

/** A generator that is ready to make pictures. */
export class OpenModel {
  readonly network: Network
  readonly engine: Engine
  readonly weights: ReadonlyMap<string, HostTensor>
  readonly #configuration: RunConfiguration
  readonly state: EngineState
  readonly #generators = new Map<number, Promise<PictureGenerator>>()

  private constructor(configuration: RunConfiguration, network: Network, engine: Engine, loaded: LoadedWeights) {
    this.#configuration = configuration
    this.network = network
    this.engine = engine
    this.weights = loaded.tensors
    this.state = loaded.state
  }

  /** @throws KwiatError when the path is no checkpoint of a run, or the checkpoint is broken */
  static async open({ checkpoint, snapshotOf, weights }: ModelSource): Promise<OpenModel> {
    const { network: name, file } = parts[weights]
    const { configuration } = (await openRun(snapshotOf ?? checkpoint)).file
    const tensors =
      snapshotOf === undefined
        ? (await readCheckpoint(checkpoint, [file])).state
        : await readSnapshot(join(checkpoint, file))
    const engine = await createEngine({ id: 'cpu' })
    const network = buildNetwork(name, analyzeArchitecture(configuration.architecture).generator)
    return new OpenModel(configuration, network, engine, { tensors, state: await engine.createState(tensors) })
  }

  /** Numbers in a latent. */
  get latentSize(): number {
    return this.#configuration.architecture.latentSize
  }

  get latentDistribution(): LatentDistribution {
    return this.#configuration.schedule.latentDistribution
  }

  /** Of its pictures. */
  get shape(): { readonly size: number; readonly channels: 1 | 3 } {
    const { pictureSize: size, channels } = this.#configuration.architecture
    return { size, channels }
  }

  /** Latents of a seed, from what the run draws from: see `seededLatents`. */
  seededLatents(range: Pick<LatentRange, 'seed' | 'first' | 'count'>): Float32Array {
    return seededLatents({ ...range, latentSize: this.latentSize, distribution: this.latentDistribution })
  }

  /** @param latents `[count, latentSize]` */
  async pictures(latents: Float32Array, pace: Pace = 'exact'): Promise<PictureBatch> {
    const isFew = latents.length / this.latentSize < exactBatch
    const generator = await this.#generator(pace === 'live' && isFew ? 1 : exactBatch)
    return generator.generate(this.state, latents)
  }

  async close(): Promise<void> {
    await this.state.dispose()
    await this.engine.dispose()
    disposeNetwork(this.network)
  }

  #generator(batch: number): Promise<PictureGenerator> {
    const standing = this.#generators.get(batch) ?? PictureGenerator.prepare(this.engine, this.network, batch)
    this.#generators.set(batch, standing)
    return standing
  }
}

/** The folder of the newest checkpoint; it is an error when that one is broken, so that nobody takes an older one for it. */
async function newestCheckpoint(runFolder: string): Promise<string> {
  const [newest] = await listCheckpoints(runFolder)
  if (newest === undefined) {
    throw new KwiatError('checkpoint-not-found', {
      who: runFolder,
      expected: 'a checkpoint',
      actual: 'a run without any',
      todo: 'wait for its first one, or train it on with kwiat resume'
    })
  }
  return newest.folder
}

/**
 * The generator that a path stands for: a checkpoint, or a run's newest one.
 *
 * @throws KwiatError when it is no run, or one without checkpoints
 */
export async function modelAt(path: string, weights: Weights): Promise<ModelSource> {
  const { folder, checkpoint } = await openRun(path)
  return { checkpoint: checkpoint ?? (await newestCheckpoint(folder)), weights }
}

/** What a file of latents says of the model that they belong to. */
export async function originOf({ checkpoint, snapshotOf, weights }: ModelSource): Promise<LatentsOrigin> {
  const { file } = await openRun(snapshotOf ?? checkpoint)
  return { run: file.id, step: stepOfName(basename(checkpoint))!, weights }
}

/** @throws KwiatError `checkpoint-not-found`, `checkpoint-broken` */
async function readSnapshot(path: string): Promise<ReadonlyMap<string, HostTensor>> {
  const bytes = await unlessMissing(readFile(path), null)
  if (bytes === null) {
    throw new KwiatError('checkpoint-not-found', {
      who: path,
      expected: 'a snapshot of the model in training',
      actual: 'nothing',
      todo: 'take a new one'
    })
  }
  return decodeSafetensors(bytes, path).tensors
}
