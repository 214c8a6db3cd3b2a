import * as tf from '@tensorflow/tfjs-core'
import type { EngineReport } from '../../../shared/contract/engines'
import type { EngineChoice } from '../../../shared/contract/training'
import { describeError, KwiatError } from '../../../shared/errors'
import { float32, type HostTensor } from '../../../shared/tensor'
import { withCleanup } from '../../../shared/withCleanup'
import type { Program } from '../../step/program'
import { createEngine } from '../../train/createEngine'

const square: Program<'x', 'y'> = {
  name: 'self-test',
  inputs: { x: { dtype: 'float32', shape: [2, 2] } },
  variables: new Map(),
  outputs: ['y'],
  run: ({ x }) => ({ y: tf.matMul(tf.reshape(x, [2, 2]), tf.reshape(x, [2, 2])) })
}

/** [[1, 2], [3, 4]]² */
const expected = [7, 10, 15, 22]

const isRight = ({ data }: HostTensor): boolean => expected.every((element, i) => data[i] === element)

/** What an error tells of an engine that was tried. */
export const reportFailure = (id: EngineReport['id'], error: unknown, description = ''): EngineReport => ({
  id,
  state: error instanceof KwiatError && error.code === 'engine-unavailable' ? 'missing' : 'fails',
  description,
  problem: describeError(error)
})

/** Tries an engine in this process with a small product whose result is known; a fault in native code ends the process. */
export async function probeEngine(choice: EngineChoice): Promise<EngineReport> {
  const { id } = choice
  let description = ''
  try {
    return await withCleanup(async (atEnd) => {
      const engine = await createEngine(choice)
      ;({ description } = engine)
      atEnd(() => engine.dispose())
      const program = await engine.prepare(square)
      const state = await engine.createState(new Map())
      const { y } = await program.run(state, { x: float32(Float32Array.of(1, 2, 3, 4), [2, 2]) })
      return isRight(y)
        ? { id, state: 'works', description, problem: null }
        : { id, state: 'fails', description, problem: 'Its self-test gave wrong numbers; don’t train on it.' }
    })
  } catch (error) {
    return reportFailure(id, error, description)
  }
}
