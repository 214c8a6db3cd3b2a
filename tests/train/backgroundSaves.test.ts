import { expect, test, vi } from 'vitest'
import type { CheckpointSaver, Saved } from '../../src/main/checkpoints/checkpointSaver'
import { BackgroundSaves } from '../../src/main/train/backgroundSaves'
import { contentsAt, keeping } from '../checkpoints/support/states'

const request = (step: number) => ({ runFolder: '/run', contents: contentsAt(step), rule: keeping(1) })
const saved: Saved = { path: '/run', removed: { steps: [], freedBytes: 0 } }

/** A saver that saves when the test says so. */
function slowSaver(isBackground = true) {
  const begun: { step: number; resolve: (saved: Saved) => void; reject: (error: Error) => void }[] = []
  const saver: CheckpointSaver = {
    isBackground,
    save: ({ contents: { step } }) => new Promise((resolve, reject) => void begun.push({ step, resolve, reject })),
    close: async () => undefined
  }
  const steps: number[] = []
  return { begun, steps, saves: new BackgroundSaves(saver, (step) => steps.push(step)) }
}

test('training goes on while a checkpoint is saved; the next one waits for it, and they are told in order', async () => {
  const { saves, begun, steps } = slowSaver()
  await saves.begin(request(1))
  const second = saves.begin(request(2))
  await Promise.resolve()
  expect(begun.map(({ step }) => step)).toEqual([1])
  expect(saves.step).toBe(1)
  begun[0]!.resolve(saved)
  await second
  expect(begun.map(({ step }) => step)).toEqual([1, 2])
  expect(steps).toEqual([1])
  const end = saves.settle()
  begun[1]!.resolve(saved)
  await end
  expect(steps).toEqual([1, 2])
})

test('a failure is thrown by the next call, once, and the step counts as not saved', async () => {
  const { saves, begun } = slowSaver()
  await saves.begin(request(1))
  begun[0]!.reject(new Error('full'))
  await vi.waitFor(() => expect(saves.step).toBeNull())
  expect(() => saves.check()).toThrow('full')
  await saves.settle()
})

test('a saver in the same thread is waited for', async () => {
  const { saves, begun, steps } = slowSaver(false)
  const begin = saves.begin(request(1))
  await vi.waitFor(() => expect(begun).toHaveLength(1))
  expect(steps).toEqual([])
  begun[0]!.resolve(saved)
  await begin
  expect(steps).toEqual([1])
})
