import { Random } from '../../../src/shared/random/random'
import { float32, type HostTensor } from '../../../src/shared/tensor'

type State = ReadonlyMap<string, HostTensor>

const names = ['generator/w', 'discriminator/w', 'ema/w', 'optimizer/w']
const size = 20_000

export const firstState = (): Map<string, HostTensor> =>
  new Map(names.map((name) => [name, float32(new Float32Array(size), [size])]))

/** A step of a training that is none: each number depends on the one before it and on the step. */
export const nextState = (state: State, step: number): Map<string, HostTensor> =>
  new Map(
    Array.from(state, ([name, { data, shape }], index) => {
      const noise = new Random(step, 'generate', index).uniforms(16)
      return [
        name,
        float32(
          Float32Array.from(data, (value, i) => 0.9 * value + noise[i % 16]!),
          shape
        )
      ]
    })
  )
