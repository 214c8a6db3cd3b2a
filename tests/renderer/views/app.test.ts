import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../../../src/renderer/App.svelte'
import type { RunCard } from '../../../src/shared/contract/runs'
import type { Handlers } from '../../../src/shared/contract/studio'
import { createStudioMock, runCard } from '../support/studio'

// happy-dom draws nothing: the charts are tried in browsers.
vi.mock('../../../src/renderer/charts/metricsChart', () => ({
  MetricsChart: class {
    draw() {}
    mark() {}
    destroy() {}
    valuesAt() {
      return []
    }
    stepAtX() {
      return null
    }
  }
}))

let app: ReturnType<typeof mount> | null = null

async function open(runs: readonly RunCard[], answers: Partial<Handlers> = {}) {
  const mock = createStudioMock(runs, answers)
  const connection = { client: mock.client, pathOfDropped: async () => null }
  app = mount(App, { target: document.body, props: { connection } })
  await vi.waitFor(() => expect(document.body.textContent).not.toContain('Loading the runs'))
  return mock
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent)?.trim() === name
  )
  if (found === undefined) {
    throw new Error(`no button "${name}" in ${document.body.textContent}`)
  }
  return found
}

function click(name: string): void {
  button(name).click()
  flushSync()
}

const text = (): string => (document.body.textContent ?? '').replace(/\s+/g, ' ')

beforeEach(() => localStorage.clear())
afterEach(async () => {
  if (app !== null) {
    await unmount(app)
    app = null
  }
  document.body.replaceChildren()
})

describe('the studio', () => {
  it('leads a new user from nothing to a run in training', async () => {
    const created: unknown[] = []
    await open([], {
      'runs/create': ({ name, data, configuration }) => {
        created.push([name, data, configuration.preset])
        return { run: runCard({ state: 'running', folder: null, step: 0, newestSample: null }) }
      }
    })
    click('Train your first flowers')
    await vi.waitFor(() => expect(text()).toContain('Choose pictures and a preset'))
    click('Start')
    await vi.waitFor(() => expect(created).toEqual([['flowers-32', 'flowers', 'flowers-32']]))
    await vi.waitFor(() => expect(text()).toContain('Too early to tell'))
  })

  it.each([
    ['Runs', 'Best score'],
    ['Data', 'What the network will see'],
    ['Model', 'No problems found'],
    ['Train', 'D(G(z))'],
    ['Explore', 'averaged weights'],
    ['Checkpoints', 'no checkpoint yet'],
    ['Settings', 'Test the engines']
  ])('opens the view %s', async (view, words) => {
    await open([runCard()])
    click(view)
    await vi.waitFor(() => expect(text()).toContain(words))
  })

  it('tells state, step, pace and time left of the run in training', async () => {
    const mock = await open([runCard({ state: 'running' })])
    mock.emit('run/event', {
      id: 'abc123',
      events: [
        {
          event: 'step',
          step: 1241,
          kimg: 40,
          seconds: 100,
          'loss/d': 1,
          'loss/g': 1,
          'score/real': 0.5,
          'score/fake': 0.5,
          secondsPerStep: 2.3,
          secondsLeft: 20_160
        }
      ]
    })
    await vi.waitFor(() => expect(text()).toContain('step 1 241 / 4 000'))
    expect(text()).toContain('2.3 s/it')
    expect(text()).toContain('5 h 36 min left')
  })

  it('says what happened, why and what to do when a request fails', async () => {
    await open([runCard()], {
      'runs/start': () => {
        throw new Error('should not be asked')
      }
    })
    click('Resume')
    await vi.waitFor(() => expect(text()).toContain('please report it with the log'))
  })

  it('remembers the theme', async () => {
    await open([])
    expect(document.documentElement.dataset.theme).toBe('dark')
    click('Light theme')
    expect([document.documentElement.dataset.theme, localStorage.getItem('kwiat.theme')]).toEqual(['light', '"light"'])
  })
})
