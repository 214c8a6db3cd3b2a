import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { picture, type Rgb } from '../data/support/pictureFiles'
import { zipBytes } from '../data/support/zipBytes'
import { seriousViolations } from './support/accessibility'
import { endAtFailure } from './support/endAtFailure'
import { StudioPage, views } from './support/studioPage'
import {
  foreignAddress,
  type Home,
  makeHome,
  type OpenStudio,
  quitCompletely,
  type StudioUnderTest,
  trainerOf
} from './support/studioUnderTest'

const trainedSteps = 30

/** A zip with a few pictures that differ, and a file that only claims to be one. */
async function writePictures(path: string): Promise<void> {
  const colours: readonly Rgb[] = [
    [200, 40, 60],
    [40, 160, 80],
    [60, 80, 220],
    [220, 180, 40]
  ]
  const pictures = await Promise.all(
    colours.map(async ([red, green, blue], i) => ({
      name: `petals/${i}.png`,
      content: await picture(40, 40, (x, y) => [red, (green + 3 * x) % 256, (blue + 3 * y) % 256])
        .png()
        .toBuffer()
    }))
  )
  writeFileSync(path, zipBytes([...pictures, { name: 'petals/broken.png', content: Buffer.from('no picture') }]))
}

/** The step of the newest checkpoint of all runs, by the names of their folders. */
function newestCheckpoint(home: string): number {
  const paths = readdirSync(join(home, 'studio', 'runs'), { recursive: true, encoding: 'utf8' })
  return Math.max(...paths.map((path) => Number(/checkpoints.step-(\d+)$/.exec(path)?.[1] ?? -1)))
}

/**
 * What a user does with the studio on the first day, in this order: each test goes on where the one before it left.
 *
 * @param open null where the program is missing that shows the studio
 */
export function describeStudio(host: string, open: OpenStudio | null): void {
  describe.skipIf(open === null)(open === null ? `${host} (SKIPPED: its program is missing, see above)` : host, () => {
    let home: Home
    let studio: StudioUnderTest
    let shown: StudioPage

    async function start(): Promise<void> {
      if (open === null) {
        throw new Error(`${host}: expected a program that shows it, got none`)
      }
      studio = await open({ home: home.path })
      studio.page.setDefaultTimeout(20_000)
      shown = new StudioPage(studio.page)
    }
    const grid = () => studio.page.getByRole('img', { name: /^Grid of generated pictures/ })

    beforeAll(async () => {
      home = makeHome()
      await start()
    })
    endAtFailure(host, () => studio.page)
    afterAll(async () => {
      studio?.host.kill('SIGKILL')
      home.remove()
    })

    test('opens with its name, and its page has only what its host gives it', async () => {
      await shown.button('Train your first flowers').waitFor()
      expect(await studio.page.title()).toBe('Kwiat')
      const given = await studio.page.evaluate(() => ({
        node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
        bridge: Object.keys(window.kwiat ?? {}).sort()
      }))
      expect(given.node).toEqual([])
      expect(given.bridge).toEqual(host === 'desktop' ? ['listen', 'pathOfDropped', 'send'] : [])
    })

    test('its policy forbids eval and foreign addresses', async () => {
      const outcomes = await studio.page.evaluate(
        (foreign) =>
          new Promise<readonly string[]>((resolve) => {
            const seen: string[] = []
            const note = (what: string) => seen.push(what) === 2 && resolve(seen.sort())
            // Later, since what a test itself runs is let through.
            setTimeout(() => {
              try {
                new Function('return 1')()
                note('eval runs')
              } catch {
                note('eval refused')
              }
              fetch(foreign).then(
                () => note('fetch runs'),
                () => undefined
              )
            })
            document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
              if (effectiveDirective === 'connect-src') {
                note('fetch refused')
              }
            })
          }),
        foreignAddress
      )
      expect(outcomes).toEqual(['eval refused', 'fetch refused'])
    })

    test('three clicks lead to a training run', async () => {
      await shown.button('Train your first flowers').click()
      await studio.page.getByRole('dialog', { name: 'New run' }).getByRole('button', { name: 'Start' }).click()
      await shown.waitForState('training')
      await shown.waitForStepAfter(0)
      await shown.button('Stop').click()
      await shown.waitForState('stopped')
    })

    test('a wrong value is told of where it stands, and nothing starts with it', async () => {
      await shown.open('Runs')
      await shown.button('New run').click()
      await shown.button('All settings…').click()
      const field = studio.page.getByRole('textbox', { name: 'Batch size' })
      const good = await field.inputValue()
      await field.fill('0')
      expect(await field.getAttribute('aria-invalid')).toBe('true')
      await studio.page.getByText('1 value must be changed first:').waitFor()
      expect(await shown.button('Start').isDisabled()).toBe(true)
      await field.fill(good)
      expect(await field.getAttribute('aria-invalid')).toBe('false')
      await expect.poll(() => shown.button('Start').isEnabled()).toBe(true)
    })

    test('a run with settings of its own shows charts and pictures while it trains', async () => {
      await studio.page.getByRole('textbox', { name: 'Sample every' }).fill('10')
      await studio.page.getByRole('textbox', { name: 'Checkpoint every' }).fill('20')
      await shown.button('Start').click()
      await shown.waitForState('training')
      await shown.waitForStepAfter(trainedSteps)
      await shown.open('Train')
      await expect.poll(() => shown.colourfulPixels('Losses')).toBeGreaterThan(200)
      expect(await shown.coloursOf(grid())).toBeGreaterThan(100)
    })

    test('pauses, resumes where it was, and stops', async () => {
      await shown.button('Pause').click()
      await shown.waitForState('paused')
      const paused = await shown.step()
      await shown.button('Resume').click()
      await shown.waitForState('training')
      await shown.waitForStepAfter(paused)
      await shown.button('Stop').click()
      await shown.waitForState('stopped')
      expect(await shown.step()).toBeGreaterThan(paused)
    })

    test('quits without leaving a process, and knows its runs when it is opened again', async () => {
      await quitCompletely(studio)
      expect(studio.pageErrors).toEqual([])
      await start()
      await shown.open('Runs')
      await studio.page
        .getByRole('main')
        .getByRole('button', { name: /^Open / })
        .first()
        .click()
      await shown.waitForState('stopped')
      await shown.open('Train')
      await expect.poll(() => shown.colourfulPixels('Losses')).toBeGreaterThan(200)
    })

    test('a trainer that is killed is told of in plain words, and one click goes on', async () => {
      await shown.button('Continue').click()
      await shown.waitForState('training')
      const before = await shown.step()
      process.kill(await trainerOf(studio.host), 'SIGKILL')
      await shown.waitForState('crashed')
      await studio.page
        .getByRole('status')
        .getByText(/killed/)
        .waitFor()
      await shown.button('Continue from the last checkpoint').click()
      await shown.waitForState('training')
      await shown.waitForStepAfter(before)
    })

    test('a window that is reloaded during training shows it again', async () => {
      const before = await shown.step()
      await studio.page.reload()
      await shown.waitForState('training')
      await shown.waitForStepAfter(before)
      await expect.poll(() => shown.colourfulPixels('Losses')).toBeGreaterThan(200)
      await shown.button('Stop').click()
      await shown.waitForState('stopped')
    })

    test('imports a zip: a grid of what the network will see, the broken file named', async () => {
      const zip = join(home.path, 'petals.zip')
      await writePictures(zip)
      await shown.open('Data')
      await studio.page.getByRole('tab', { name: 'Zip' }).click()
      await studio.choosePictures(zip)
      expect(
        await shown.coloursOf(studio.page.getByRole('img', { name: /^Grid of pictures of petals/ }))
      ).toBeGreaterThan(50)
      await shown.button(/^Refused files \(1\)/).click()
      await studio.page.getByText('petals/broken.png').waitFor()
    })

    test('no view has serious barriers, dark or light', async () => {
      const found: Record<string, readonly string[]> = {}
      for (const change of ['Light theme', 'Dark theme']) {
        for (const view of views) {
          await shown.open(view)
          found[`${view}, before ${change}`] = await seriousViolations(studio.page)
        }
        await shown.button(change).click()
      }
      expect(Object.fromEntries(Object.entries(found).filter(([, violations]) => violations.length > 0))).toEqual({})
    })

    test('quits in mid-training only after it has saved, without errors in its console', async () => {
      await shown.button('Continue').click()
      await shown.waitForState('training')
      const before = newestCheckpoint(home.path)
      await shown.waitForStepAfter(before)
      await quitCompletely(studio)
      expect(newestCheckpoint(home.path)).toBeGreaterThan(before)
      expect(studio.pageErrors).toEqual([])
    })
  })
}
