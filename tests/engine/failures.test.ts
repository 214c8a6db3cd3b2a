import { describe, expect, it } from 'vitest'
import { engineFailure, failureCode } from '../../src/main/engine/ort/failures'
import { providers } from '../../src/main/engine/ort/providers'

describe('what a message of the runtime tells', () => {
  it.each([
    // Seen on SwiftShader over a driver that fails.
    [
      '… was false. Failed to download data from buffer. wgpu::MapAsyncStatus value: 4, message: [Device] is lost.',
      'device-lost'
    ],
    [
      'wgpu::MapAsyncStatus value: 3, message: [Invalid Buffer (unlabeled)] is invalid due to a previous error.',
      'out-of-memory'
    ],
    ['WebGPU validation failed.\n - While finishing [CommandEncoder (unlabeled)].', 'out-of-memory'],
    ['Failed to get a WebGPU adapter: No supported adapters.', 'engine-unavailable'],
    // As the sources of onnxruntime, CUDA, Direct3D and Vulkan spell them.
    ['CUDA failure 2: out of memory ; GPU=0', 'out-of-memory'],
    ['Failed to allocate memory for requested buffer of size 1073741824', 'out-of-memory'],
    ['CUDA failure 700: an illegal memory access was encountered', 'device-lost'],
    ['887A0005 The GPU device instance has been suspended: DXGI_ERROR_DEVICE_REMOVED', 'device-lost'],
    ['VK_ERROR_DEVICE_LOST', 'device-lost'],
    ['Failed to load library libonnxruntime_providers_cuda.so: cannot open shared object file', 'engine-unavailable'],
    ['CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version', 'engine-unavailable'],
    ['Non-zero status code returned while running Gemm node', 'engine-failed']
  ])('%s', (message, code) => {
    expect(failureCode(message)).toBe(code)
  })

  it('becomes an error that says what to do, with the runtime’s own words and without its sources’ names', () => {
    const runtime = new Error(
      '/src/buffer_manager.cc:641 void Download() status == Success was false. [Device] is lost.\n'
    )
    const error = engineFailure(providers.webgpu, 'train', runtime)
    expect(error.message).toBe(
      'WebGPU (Vulkan, Direct3D 12 or Metal) (train): expected the GPU to answer, got [Device] is lost; go on from the last checkpoint; if it happens again, update the graphics driver or choose another engine.'
    )
    expect(error.cause).toBe(runtime)
  })
})
