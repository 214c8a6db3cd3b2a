import * as tf from '@tensorflow/tfjs-core'
import { KwiatError } from '../../../shared/errors'
import type { Value } from '../ir/value'
import { refusals } from '../refusals'
import type { Trace } from './trace'
import { backendName, TraceBackend } from './traceBackend'

/** The inputs of a kernel as values: named, or a list for kernels such as Concat. */
type KernelInputs = { readonly [name: string]: Value | undefined } | readonly Value[]

/** How one tfjs kernel is expressed with the operators of the intermediate form. */
export interface Lowering {
  readonly kernel: string
  readonly register: (backend: TraceBackend) => void
}

/**
 * Declares the lowering of `kernel`. This is the one place where tfjs' untyped inputs and attributes get their types:
 * `Inputs` and `Attributes` are those of `tf.<Kernel>Inputs` and `tf.<Kernel>Attrs`.
 *
 * @param lower makes the kernel's output from its inputs in `trace.builder`
 */
export function defineLowering<Inputs extends KernelInputs, Attributes extends object = object>(
  kernel: string,
  lower: (inputs: Inputs, attributes: Attributes, trace: Trace) => Value | readonly Value[]
): Lowering {
  const register = (backend: TraceBackend): void => {
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => {
      const values = toValues(backend, inputs)
      backend.trace.enterKernel(kernel, Object.values(values))
      const output = lower(values as unknown as Inputs, (attrs ?? {}) as unknown as Attributes, backend.trace)
      return isList(output) ? output.map((value) => toInfo(backend, value)) : toInfo(backend, output)
    }
    tf.registerKernel({ kernelName: kernel, backendName, kernelFunc })
  }
  return { kernel, register }
}

const isList = (output: Value | readonly Value[]): output is readonly Value[] => Array.isArray(output)

function toValues(backend: TraceBackend, inputs: tf.NamedTensorInfoMap): Record<string, Value> | Value[] {
  // tfjs hands lists of tensors over as lists, whatever the type says.
  if (Array.isArray(inputs)) {
    return inputs.map((info: tf.TensorInfo) => backend.valueFor(info))
  }
  const given = Object.entries(inputs).flatMap(([name, info]) =>
    info === undefined || info === null ? [] : [[name, backend.valueFor(info)] as const]
  )
  return Object.fromEntries(given)
}

function toInfo(backend: TraceBackend, value: Value): tf.TensorInfo {
  const { dtype, shape } = value
  if (dtype === 'int64' || dtype === 'uint8') {
    throw new Error(`lowering: expected a type that tfjs has, got ${dtype}; cast it to int32`)
  }
  return { dataId: backend.dataIdOf(value), shape: [...shape], dtype }
}

/** Every kernel name that tfjs-core knows: it exports each as a constant of the same name. */
const allKernels = (): string[] =>
  Object.entries(tf).flatMap(([name, value]) => (typeof value === 'string' && value === name ? [name] : []))

const missing = (kernel: string): Lowering =>
  defineLowering(kernel, (_inputs, _attributes, trace) => {
    const { layer } = trace.builder.origin
    const reason = refusals.get(kernel)
    throw new KwiatError('kernel-missing', {
      who: layer === '' ? trace.programName : `layer ${layer}`,
      expected: 'kernels that the compiler knows',
      actual: `${kernel}, which has no lowering${reason === undefined ? '' : ` (${reason})`}`,
      todo: 'use another layer, train with the eager engine, or add a lowering (docs/adding-a-kernel.md)'
    })
  })

/** The backend with the given lowerings; kernels without one explain themselves when they are used. */
export function createTraceBackend(lowerings: readonly Lowering[], backend = new TraceBackend()): TraceBackend {
  tf.registerBackend(backendName, () => backend)
  const known = new Set(lowerings.map(({ kernel }) => kernel))
  for (const lowering of [
    ...lowerings,
    ...allKernels()
      .filter((name) => !known.has(name))
      .map(missing)
  ]) {
    lowering.register(backend)
  }
  return backend
}
