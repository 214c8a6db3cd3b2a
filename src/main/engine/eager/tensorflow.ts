import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { KwiatError } from '../../../shared/errors'
import { nodeErrorCode } from '../../files/nodeErrors'
import type { EagerBackend } from './eagerEngine'

/** The packages that bring TensorFlow's own kernels to tfjs; neither comes with Kwiat. */
export type TensorflowId = 'tfjs-node-gpu' | 'tfjs-node'

const packageName = (id: TensorflowId): string => `@tensorflow/${id}`

const setupCommand: Readonly<Record<TensorflowId, string>> = {
  'tfjs-node-gpu': 'npm run setup:tfjs-gpu',
  'tfjs-node': 'npm run setup:tfjs'
}

type Util = Record<string, unknown>

/** What Node 23 removed from `util`, and the packages call. */
const removedFromUtil: Util = {
  isArray: Array.isArray,
  isBoolean: (value: unknown) => typeof value === 'boolean',
  isFunction: (value: unknown) => typeof value === 'function',
  isNull: (value: unknown) => value === null,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isNumber: (value: unknown) => typeof value === 'number',
  isObject: (value: unknown) => value !== null && typeof value === 'object',
  isString: (value: unknown) => typeof value === 'string',
  isUndefined: (value: unknown) => value === undefined
}

/** Gives `util` the functions that it lacks. */
export function provideRemoved(util: Util): void {
  for (const [name, implementation] of Object.entries(removedFromUtil)) {
    util[name] ??= implementation
  }
}

/** Why a package that could not be imported is of no use, from what its import threw. */
export function whyUnusable(id: TensorflowId, error: unknown, folders: readonly string[]): KwiatError {
  const message = error instanceof Error ? error.message : String(error)
  const command = setupCommand[id]
  const anotherFolder = 'or name the folder that has it in Settings'
  const isAbsent = nodeErrorCode(error) === 'MODULE_NOT_FOUND' && message.includes(`'${packageName(id)}'`)
  if (isAbsent) {
    return unavailable(id, {
      expected: `the package in ${folders.join(' or ')}`,
      actual: 'none',
      todo: `run ${command}, ${anotherFolder}`
    })
  }
  return /tfjs_binding\.node/.test(message) && /can not be found/.test(message)
    ? unavailable(id, {
        expected: 'its native part (tfjs_binding.node)',
        actual: 'the package without it, since its install script did not run or could not download it',
        todo: `run ${command} while storage.googleapis.com can be reached`
      })
    : unavailable(id, {
        expected: 'its native part to load',
        actual: message.split('\n')[0]!,
        todo: `run ${command} again with this Node (${process.version})`
      })
}

const unavailable = (id: TensorflowId, parts: { expected: string; actual: string; todo: string }): KwiatError =>
  new KwiatError('engine-unavailable', { who: packageName(id), ...parts })

/** TensorFlow's backend says whether it found a GPU; without one it computes on the CPU and says nothing. */
const usesGpu = (backend: object): boolean => 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true

const backendName = 'tensorflow'

/** Where a package may be: in the folder that the user named, that of an environment variable, or Kwiat's own. */
export const tensorflowFolders = (named: string | undefined): string[] =>
  [named, process.env.KWIAT_TENSORFLOW, __dirname].flatMap((folder) =>
    folder === undefined || folder === '' ? [] : [folder]
  )

/** Whether a package is there; whether it works is for a trial to say. */
export function mayHaveTensorflow(id: TensorflowId, named: string | undefined): boolean {
  try {
    createRequire(join(__dirname, 'here.js')).resolve(packageName(id), { paths: tensorflowFolders(named) })
    return true
  } catch {
    return false
  }
}

/**
 * Imports one of the packages, which registers TensorFlow's kernels as a backend of tfjs' registry (one for the whole
 * process, whichever copy of tfjs-core registers). To be called before gradients are registered: the package's own copy
 * registers tfjs' again.
 *
 * @param folders whose `node_modules`, or those above, may have the package; the first that has it counts
 * @throws KwiatError `engine-unavailable` where the package is not there, has no native part, was made for another tfjs,
 * or finds no GPU although it is the one for GPUs
 */
export async function loadTensorflow(id: TensorflowId, folders: readonly string[]): Promise<EagerBackend> {
  const require = createRequire(join(__dirname, 'here.js'))
  provideRemoved(require('node:util'))
  let version: unknown
  try {
    const entry = require.resolve(packageName(id), { paths: [...folders] })
    ;({ version } = createRequire(entry)(`${packageName(id)}/package.json`))
    require(entry)
  } catch (error) {
    throw whyUnusable(id, error, folders)
  }
  if (version !== tf.version_core) {
    throw unavailable(id, {
      expected: `version ${tf.version_core}, as Kwiat's tfjs`,
      actual: `version ${version}`,
      todo: `run ${setupCommand[id]}`
    })
  }
  await tf.setBackend(backendName)
  if (id === 'tfjs-node-gpu' && !usesGpu(tf.backend())) {
    throw unavailable(id, {
      expected: 'an NVIDIA GPU with the libraries of CUDA 11.2 and cuDNN 8, which TensorFlow 2.9.1 loads',
      actual: 'a TensorFlow that found none and would compute on the CPU without a word',
      todo: 'install CUDA 11.2 and cuDNN 8 and put their folder on the library path, or choose webgpu, which needs neither'
    })
  }
  const device = id === 'tfjs-node-gpu' ? 'CUDA' : 'the CPU'
  return {
    id,
    description: `TensorFlow by ${packageName(id)} ${version}, kernel by kernel on ${device}`,
    backend: backendName
  }
}
