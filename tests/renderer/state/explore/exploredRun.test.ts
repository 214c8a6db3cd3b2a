import { describe, expect, it, vi } from 'vitest'
import { ExploredRun } from '../../../../src/renderer/state/explore/exploredRun.svelte'
import { KwiatError } from '../../../../src/shared/errors'
import { createExploreMock, facts, latentSize, openExploredRun, settle } from '../../support/explore'

describe('ExploredRun', () => {
  it('explores the averaged weights of the newest checkpoint at first', async () => {
    const run = await openExploredRun(createExploreMock())
    expect(run.model).toEqual({ run: 'abc123', step: 200, weights: 'ema' })
  })

  it('follows the training while the newest is chosen, and stays at a chosen step otherwise', async () => {
    let steps = [200, 100]
    const mock = createExploreMock({ 'explore/run': () => ({ ...facts, steps }) })
    const run = await openExploredRun(mock)
    const saved = (step: number) =>
      mock.emit('run/event', { id: 'abc123', events: [{ event: 'checkpoint', step, path: '/x' }] })
    steps = [300, 200, 100]
    saved(300)
    await vi.waitFor(() => expect(run.model?.step).toBe(300))
    run.choose(200)
    const model = run.model
    steps = [400, 300, 200]
    saved(400)
    await vi.waitFor(() => expect(run.facts?.steps[0]).toBe(400))
    // The very same, so that nothing is drawn again.
    expect(run.model).toBe(model)
  })

  it('has no model of a run without checkpoints', async () => {
    const run = await openExploredRun(createExploreMock({ 'explore/run': () => ({ ...facts, steps: [] }) }))
    expect([run.facts?.latentSize, run.model]).toEqual([latentSize, null])
  })

  it('tells why a run can not be read, and forgets that with the next one', async () => {
    const broken = new KwiatError('run-broken', { who: 'x', expected: 'a run', actual: 'none', todo: 'look' })
    const mock = createExploreMock({
      'explore/run': ({ run }) => {
        if (run === 'abc123') {
          throw broken
        }
        return { ...facts, steps: [5] }
      }
    })
    const onOther = vi.fn()
    const run = new ExploredRun(mock.client, onOther)
    run.open('abc123')
    await vi.waitFor(() => expect(run.problem).toMatchObject({ code: 'run-broken' }))
    run.open('fed321')
    await vi.waitFor(() => expect(run.model?.step).toBe(5))
    expect([run.problem, onOther.mock.calls.length]).toEqual([null, 2])
  })

  it('draws the same latents for a seed, and more of them only add to those', async () => {
    const run = await openExploredRun(createExploreMock())
    await settle()
    expect(run.draw(3, 5).slice(0, 2)).toEqual(run.draw(3, 2))
    expect(run.draw(3, 1)[0]?.length).toBe(latentSize)
  })
})
