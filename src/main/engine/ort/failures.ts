import { type ErrorCode, KwiatError } from '../../../shared/errors'
import type { Provider } from './providers'

type FailureCode = Extract<ErrorCode, 'device-lost' | 'out-of-memory' | 'engine-unavailable' | 'engine-failed'>

/**
 * What the texts of onnxruntime and of the drivers below it mean; the first that fits counts. A lost device makes all
 * later calls fail in many ways, so that it stands first. WebGPU tells of a buffer that could not be made through the
 * commands that would use it.
 */
const signs: readonly (readonly [FailureCode, RegExp])[] = [
  [
    'device-lost',
    /device\]? (was |is |has been )?(lost|removed|hung)|DEVICE_?LOST|DXGI_ERROR_DEVICE_|cudaErrorLaunchFailure|CUDA (error|failure) (700|719|999)\b|GPU has fallen off/i
  ],
  [
    'out-of-memory',
    /out of (device |host )?memory|OUT_OF_(DEVICE|HOST)_MEMORY|OutOfMemory|E_OUTOFMEMORY|bad_alloc|bad allocation|failed to allocate|Could not allocate|CUDA (error|failure) 2\b|ALLOC_FAILED|larger than (the )?max(imum)?.*(buffer|binding)|exceeds the max.*(buffer|binding)|\[Invalid (Command)?Buffer|While finishing \[CommandEncoder/i
  ],
  [
    'engine-unavailable',
    /Failed to load (shared )?library|cannot open shared object|LoadLibrary failed|no available backend|backend not found|Failed to get a WebGPU (adapter|device)|No supported adapters|execution provider.*(not (supported|available|enabled|found)|is not)|no CUDA-capable device|CUDA (error|failure) (35|100)\b|CUDA driver version is insufficient/i
  ]
]

/** What a message of the runtime tells. */
export const failureCode = (message: string): FailureCode =>
  signs.find(([, sign]) => sign.test(message))?.[0] ?? 'engine-failed'

const expected: Readonly<Record<FailureCode, string>> = {
  'device-lost': 'the GPU to answer',
  'out-of-memory': 'enough memory for the step',
  'engine-unavailable': 'an engine that can be started',
  'engine-failed': 'the step to run'
}

const todo = (code: FailureCode, { howToGet }: Provider): string =>
  ({
    'device-lost':
      'go on from the last checkpoint; if it happens again, update the graphics driver or choose another engine',
    'out-of-memory':
      'compute each batch in parts (schedule.accumulate), lower the batch size, or choose another engine',
    'engine-unavailable': `${howToGet}, or choose another engine`,
    'engine-failed': 'choose another engine, and report this with the log'
  })[code]

/** What onnxruntime says behind the place in its source and the condition that failed, in one line. */
function gist(message: string): string {
  const oneLine = message.replaceAll(/\s+/g, ' ').replace(/^.* was false\. /, '')
  return oneLine.trim().replace(/\.$/, '').slice(0, 400)
}

/** The error of a session or a call that failed, named by what the runtime said. */
export function engineFailure(provider: Provider, who: string, error: unknown): KwiatError {
  const message = error instanceof Error ? error.message : String(error)
  const code = failureCode(message)
  return new KwiatError(
    code,
    {
      who: `${provider.label} (${who})`,
      expected: expected[code],
      actual: gist(message),
      todo: todo(code, provider)
    },
    error
  )
}

export const notForThisSystem = ({ label, systems }: Provider, system: string): KwiatError =>
  new KwiatError('engine-unavailable', {
    who: label,
    expected: `one of the systems it is made for (${systems.join(', ')})`,
    actual: system,
    todo: 'choose another engine'
  })
