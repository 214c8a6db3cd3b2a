import { describe, expect, it, vi } from 'vitest'
import { ModelExaminer } from '../../../src/renderer/state/modelExaminer.svelte'
import type { RunConfiguration } from '../../../src/shared/config/runConfiguration'
import { cholletConfiguration } from '../support/configurations'
import { examinationOf } from '../support/model'
import { createStudioMock } from '../support/studio'

const withSeed = (seed: number): RunConfiguration => ({
  ...cholletConfiguration,
  schedule: { ...cholletConfiguration.schedule, seed }
})
const question = (configuration: RunConfiguration) => ({
  configuration,
  language: 'en' as const,
  engine: { id: 'cpu' as const }
})

describe('ModelExaminer', () => {
  it('asks one question at a time, and of those that came meanwhile only the newest', async () => {
    const asked: number[] = []
    let most = 0
    let running = 0
    const { client } = createStudioMock([], {
      'model/examine': async ({ configuration }) => {
        running++
        most = Math.max(most, running)
        asked.push(configuration.schedule.seed)
        await Promise.resolve()
        running--
        return examinationOf(configuration)
      }
    })
    const examiner = new ModelExaminer(client)
    const versions = [1, 2, 3, 4, 5].map(withSeed)
    for (const version of versions) {
      examiner.ask(question(version))
    }
    await vi.waitFor(() => expect(examiner.isAbout(versions[4] ?? null)).toBe(true))
    expect([asked, most]).toEqual([[1, 5], 1])
    expect([examiner.isAbout(versions[4] ?? null), examiner.isAbout(versions[0] ?? null)]).toEqual([true, false])
  })

  it('keeps the last answer where there is no new one, and says why', async () => {
    let works = true
    const { client } = createStudioMock([], {
      'model/examine': ({ configuration }) => {
        if (!works) {
          throw new Error('broken')
        }
        return examinationOf(configuration)
      }
    })
    const examiner = new ModelExaminer(client)
    const [first, second] = [withSeed(1), withSeed(2)]
    examiner.ask(question(first))
    await vi.waitFor(() => expect(examiner.isAbout(first)).toBe(true))
    works = false
    examiner.ask(question(second))
    await vi.waitFor(() => expect(examiner.problem).not.toBeNull())
    expect([examiner.isAbout(first), examiner.isAbout(second)]).toEqual([true, false])
    works = true
    examiner.ask(question(second))
    await vi.waitFor(() => expect([examiner.problem, examiner.isAbout(second)]).toEqual([null, true]))
  })
})
