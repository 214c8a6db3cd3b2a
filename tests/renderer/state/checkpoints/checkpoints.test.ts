import { describe, expect, it, vi } from 'vitest'
import { CheckpointsState } from '../../../../src/renderer/state/checkpoints/checkpoints.svelte'
import type { CheckpointCard } from '../../../../src/shared/contract/checkpoints'
import type { Handlers, Result } from '../../../../src/shared/contract/studio'
import { createStudioMock, runCard } from '../../support/studio'

const checkpointCard = (step: number, changes: Partial<CheckpointCard> = {}): CheckpointCard => ({
  step,
  kimg: step / 10,
  created: '2026-05-05T11:00:00.000Z',
  bytes: 1e7,
  scores: {},
  pinned: false,
  isNewest: false,
  bestBy: [],
  keptBy: ['newest'],
  status: 'complete',
  problem: null,
  verified: null,
  ...changes
})

const cards = [checkpointCard(300, { isNewest: true }), checkpointCard(200), checkpointCard(100)]

const listOf = (checkpoints: CheckpointCard[], freeBytes: number | null = 1e12): Result<'checkpoints/list'> => ({
  checkpoints,
  trash: [],
  origin: null,
  rule: { keepCheckpoints: 5, keepBest: 3, keepBestBy: 'swd', keepInterval: 0 },
  freeBytes
})

async function shown(answers: Partial<Handlers> = {}) {
  const mock = createStudioMock([runCard()], { 'checkpoints/list': () => listOf(cards), ...answers })
  const state = new CheckpointsState(mock.client)
  state.show('abc123')
  await vi.waitFor(() => expect(state.listed ?? state.problem).not.toBeNull())
  return { mock, state }
}

describe('the checkpoints of the run that is looked at', () => {
  it('are asked for anew when the host says that they changed, and only then', async () => {
    const list = vi.fn(() => listOf(cards))
    const { mock, state } = await shown({ 'checkpoints/list': list })
    mock.emit('checkpoints/changed', { id: 'fff000' })
    mock.emit('checkpoints/changed', { id: 'abc123' })
    await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2))
    state.show(null)
    mock.emit('checkpoints/changed', { id: 'abc123' })
    expect(list).toHaveBeenCalledTimes(2)
    expect(state.listed).toBeNull()
  })

  it('tell why they can’t be listed', async () => {
    const { state } = await shown({
      'checkpoints/list': () => {
        throw new Error('no disk')
      }
    })
    expect(String(state.problem)).toContain('no disk')
  })

  it('are verified one after the other, and say how far that is', async () => {
    const seen: unknown[] = []
    const { state } = await shown({
      'checkpoints/verify': ({ step }, { onProgress }) => {
        onProgress({ doneBytes: 5, totalBytes: 10 })
        seen.push(step)
        return { checkpoint: checkpointCard(step, step === 200 ? { status: 'broken' } : { verified: '2026-05-06' }) }
      }
    })
    const all = state.verifyAll()
    expect(state.verifyingOf(300)).toEqual({ doneBytes: 5, totalBytes: 10 })
    expect(state.isVerifying).toBe(true)
    await all
    expect(seen).toEqual([300, 200, 100])
    expect(state.isVerifying).toBe(false)
    expect(state.listed?.checkpoints.map(({ status }) => status)).toEqual(['complete', 'broken', 'complete'])
  })

  it('stay broken once their bytes were found so, until they are verified whole', async () => {
    let isBroken = true
    const { mock, state } = await shown({
      'checkpoints/verify': ({ step }) => ({ checkpoint: checkpointCard(step, isBroken ? { status: 'broken' } : {}) })
    })
    await state.verify(200)
    // The host's list looks at sizes only.
    mock.emit('checkpoints/changed', { id: 'abc123' })
    await state.load()
    expect(state.find(200)?.status).toBe('broken')
    isBroken = false
    await state.verify(200)
    expect(state.find(200)?.status).toBe('complete')
  })

  it('come back from the trash by what the deletion gave', async () => {
    const restored: unknown[] = []
    const { state } = await shown({
      'checkpoints/delete': ({ step }) => ({ trash: { name: `t-${step}`, deleted: '2026', steps: [step], bytes: 1 } }),
      'checkpoints/restore': ({ trash }) => {
        restored.push(trash)
        return { steps: [200] }
      }
    })
    const undo = await state.delete(200)
    expect(restored).toEqual([])
    await undo()
    expect(restored).toEqual(['t-200'])
  })

  it.each([
    [2.9e7, true],
    [3.1e7, false],
    [null, false]
  ])('with %s bytes free, the disk being low is %s', async (freeBytes, isLow) => {
    const { state } = await shown({ 'checkpoints/list': () => listOf(cards, freeBytes) })
    expect(state.isDiskLow).toBe(isLow)
  })

  it('lose a compared one that is gone or broken', async () => {
    let checkpoints = cards
    const { mock, state } = await shown({ 'checkpoints/list': () => listOf(checkpoints) })
    state.comparison.toggle(300)
    state.comparison.toggle(100)
    checkpoints = [cards[0]!, checkpointCard(100, { status: 'broken' })]
    mock.emit('checkpoints/changed', { id: 'abc123' })
    await vi.waitFor(() => expect(state.comparison.chosen).toEqual([300]))
  })
})
