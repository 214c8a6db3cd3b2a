import * as tf from '@tensorflow/tfjs-core'
import { ALL_ENVS, describeWithFlags, setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js'
import jasmineCore from 'jasmine-core'
import { expect, it } from 'vitest'
import { backendName } from '../../src/main/graph/trace/traceBackend'
import { createConformanceBackend } from './conformanceBackend'
import { runSpecs, type SpecResult } from './runSpecs'

const sumOf = (a: number, b: number): Promise<Float32Array> => tf.add(tf.scalar(a), tf.scalar(b)).data<'float32'>()

const specs: Readonly<Record<string, () => void | Promise<void>>> = {
  right: async () => tf.test_util.expectArraysClose(await sumOf(1, 2), [3]),
  wrong: async () => tf.test_util.expectArraysClose(await sumOf(1, 2), [4]),
  'without a graph': () => tf.scalar(1).dispose(),
  'content with a refusal': () => expect(() => tf.complex([1], [2])).toThrow(),
  'reading at once': () => expect(() => tf.scalar(1).dataSync()).toThrow()
}

it('tells what each spec did, its failures and refusals included', async () => {
  const backend = createConformanceBackend({ target: 'cpu', written: 'inputs', optimization: 'all' })
  setTestEnvs([{ name: backendName, backendName, isDataSync: false }])
  const results = await runSpecs(async () => {
    describeWithFlags('suite', ALL_ENVS, () => {
      for (const [name, run] of Object.entries(specs)) {
        jasmineCore.noGlobals().it(name, run)
      }
    })
  }, backend)
  const nothing: Omit<SpecResult, 'name'> = { failure: '', graphs: 0, refused: [] }
  expect(results).toEqual([
    { ...nothing, name: 'suite right', graphs: 1 },
    { ...nothing, name: 'suite wrong', graphs: 1, failure: expect.stringContaining('actual[0] = 3, expected[0] = 4') },
    { ...nothing, name: 'suite without a graph' },
    { ...nothing, name: 'suite content with a refusal', refused: ['Complex'] },
    { ...nothing, name: 'suite reading at once', refused: ['synchronous reads'] }
  ])
})
