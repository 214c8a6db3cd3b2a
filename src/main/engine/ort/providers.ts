import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { InferenceSession } from 'onnxruntime-node'
import type { Target } from '../../graph/trace/trace'

export type ProviderId = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml'

/** One of onnxruntime's execution providers: what Kwiat has to know to use it. */
export interface Provider {
  readonly id: ProviderId
  /** For people. */
  readonly label: string
  readonly execution: InferenceSession.ExecutionProviderConfig
  /** What its graphs are lowered for. */
  readonly target: Target
  /** Systems for which onnxruntime-node's package has it, as `process.platform/process.arch`. */
  readonly systems: readonly string[]
  /** Whether it computes in a memory other than this process'. */
  readonly isDevice: boolean
  /** Whether onnxruntime-node lets tensors stay in that memory between calls; it does for WebGPU alone (1.30.0). */
  readonly keepsState: boolean
  /** What one finds out where its library is missing. */
  readonly howToGet: string
  /** Largest relative difference from the reference that counts as agreement, for one kernel. */
  readonly tolerance: number
}

const everywhere = ['linux/x64', 'linux/arm64', 'win32/x64', 'win32/arm64', 'darwin/arm64', 'darwin/x64']

/** CoreML's flags, see onnxruntime's coreml_provider_factory.h: CREATE_MLPROGRAM | ENABLE_ON_SUBGRAPH. */
const coremlFlags = 0x010 | 0x002

export const providers: { readonly [Id in ProviderId]: Provider } = {
  cpu: {
    id: 'cpu',
    label: 'CPU',
    execution: { name: 'cpu' },
    target: 'cpu',
    systems: everywhere,
    isDevice: false,
    keepsState: false,
    howToGet: 'install Kwiat again',
    // Winograd-style convolutions round differently from a plain sum; measured up to 2e-5 of the largest element.
    tolerance: 1e-4
  },
  webgpu: {
    id: 'webgpu',
    label: 'WebGPU (Vulkan, Direct3D 12 or Metal)',
    execution: { name: 'webgpu' },
    target: 'gpu',
    systems: everywhere,
    isDevice: true,
    keepsState: true,
    howToGet: 'install the graphics driver of your GPU (on Linux its Vulkan driver)',
    tolerance: 1e-4
  },
  cuda: {
    id: 'cuda',
    label: 'CUDA (NVIDIA)',
    execution: { name: 'cuda' },
    target: 'gpu',
    systems: ['linux/x64'],
    isDevice: true,
    keepsState: false,
    howToGet: 'run npm run setup:cuda, and install CUDA 12 and cuDNN 9',
    // Tensor cores multiply float32 as TF32 unless told otherwise: ten bits of mantissa.
    tolerance: 1e-2
  },
  dml: {
    id: 'dml',
    label: 'DirectML',
    execution: { name: 'dml' },
    target: 'gpu',
    systems: ['win32/x64', 'win32/arm64'],
    isDevice: true,
    keepsState: false,
    howToGet: 'install the newest graphics driver; DirectML is part of Windows 10 (1903) and newer',
    tolerance: 1e-3
  },
  coreml: {
    id: 'coreml',
    label: 'CoreML (Apple)',
    execution: { name: 'coreml', coreMlFlags: coremlFlags },
    target: 'gpu',
    systems: ['darwin/arm64', 'darwin/x64'],
    isDevice: true,
    keepsState: false,
    howToGet: 'update macOS to 12 or newer',
    tolerance: 1e-2
  }
}

/** Whether a provider can be in this package on this system; whether it works is for a trial to say. */
export function mayHaveProvider(id: ProviderId): boolean {
  const system = `${process.platform}/${process.arch}`
  return providers[id].systems.includes(system) && (id !== 'cuda' || hasCudaLibrary(system))
}

/** CUDA's library is fetched by `npm run setup:cuda`. */
function hasCudaLibrary(system: string): boolean {
  const folder = dirname(createRequire(join(__dirname, 'here.js')).resolve('onnxruntime-node/package.json'))
  return existsSync(join(folder, 'bin', 'napi-v6', system, 'libonnxruntime_providers_cuda.so'))
}
