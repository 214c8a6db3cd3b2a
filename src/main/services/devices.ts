import * as tf from '@tensorflow/tfjs-core'
import { engineIds } from '../../shared/contract/training'
import { float32, type HostTensor } from '../../shared/tensor'
import type { Program } from '../step/program'
import { createEngine } from '../train/createEngine'

/** What an engine said when it was tried. */
export interface EngineReport {
  readonly id: string
  readonly description: string
  /** Why it does not work; left out where it does. */
  readonly problem?: string
}

const sum: Program<'x', 'y'> = {
  name: 'self-test',
  inputs: { x: { dtype: 'float32', shape: [2, 2] } },
  variables: new Map(),
  outputs: ['y'],
  run: ({ x }) => ({ y: tf.matMul(tf.reshape(x, [2, 2]), tf.reshape(x, [2, 2])) })
}

/** [[1, 2], [3, 4]]² */
const expected = [7, 10, 15, 22]

function isRight({ data }: HostTensor): boolean {
  return expected.every((element, i) => data[i] === element)
}

async function tryEngine(id: (typeof engineIds)[number]): Promise<EngineReport> {
  const engine = createEngine({ id })
  const { description } = engine
  try {
    const program = await engine.prepare(sum)
    const { y } = await program.run(await engine.createState(new Map()), {
      x: float32(Float32Array.of(1, 2, 3, 4), [2, 2])
    })
    return isRight(y) ? { id, description } : { id, description, problem: 'its self-test gave wrong numbers' }
  } catch (error) {
    return { id, description, problem: error instanceof Error ? error.message : String(error) }
  } finally {
    await engine.dispose()
  }
}

/** Tries every engine with a small product whose result is known. */
export async function reportEngines(): Promise<EngineReport[]> {
  const reports: EngineReport[] = []
  for (const id of engineIds) {
    reports.push(await tryEngine(id))
  }
  return reports
}
