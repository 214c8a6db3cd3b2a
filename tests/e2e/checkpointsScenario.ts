import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { InferenceSession } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousViolations } from './support/accessibility'
import { endAtFailure } from './support/endAtFailure'
import { StudioPage } from './support/studioPage'
import {
  environmentFor,
  type Home,
  makeHome,
  type OpenStudio,
  quitCompletely,
  type StudioUnderTest
} from './support/studioUnderTest'

const trained = ['--preset', 'flowers-32', '--data', 'flowers', '--steps', '6', '--batch', '8', '--engine', 'cpu']
const saved = ['output.checkpointEvery=2', 'output.sampleEvery=2', 'output.keepCheckpoints=10', 'output.scoreEvery=0']

/** A run on flowers with checkpoints at steps 2, 4 and 6, trained on the command line. */
async function trainRun(home: string): Promise<void> {
  const settings = saved.flatMap((setting) => ['--set', setting])
  await promisify(execFile)(process.execPath, ['out/main/cli.cjs', 'train', ...trained, ...settings], {
    env: environmentFor({ home })
  })
}

/** Changes one bit in the middle of a file. */
function flipBit(path: string): void {
  const bytes = readFileSync(path)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(path, bytes)
}

/**
 * What a user does with the checkpoints of a run, in this order: each test goes on where the one before it left.
 *
 * @param open null where the program is missing that shows the studio
 */
export function describeCheckpoints(host: string, open: OpenStudio | null): void {
  describe.skipIf(open === null)(`checkpoints, ${host}`, () => {
    let home: Home
    let studio: StudioUnderTest
    let shown: StudioPage
    const card = (step: number) => studio.page.getByRole('article', { name: `Checkpoint of step ${step}`, exact: true })
    const dialog = (name: RegExp) => studio.page.getByRole('dialog', { name })

    async function choose(step: number, command: string): Promise<void> {
      await card(step)
        .getByRole('button', { name: `More for step ${step}` })
        .click()
      await studio.page.getByRole('menuitem', { name: command }).click()
    }

    beforeAll(async () => {
      if (open === null) {
        throw new Error(`${host}: expected a program that shows it, got none`)
      }
      home = makeHome()
      await trainRun(home.path)
      studio = await open({ home: home.path })
      studio.page.setDefaultTimeout(20_000)
      shown = new StudioPage(studio.page)
    })
    endAtFailure(host, () => studio.page)
    afterAll(async () => {
      studio?.host.kill('SIGKILL')
      home?.remove()
    })

    test('each is shown with its pictures, newest first', async () => {
      await shown.open('Checkpoints')
      for (const step of [2, 4, 6]) {
        // After so few steps they are nearly plain; an empty picture has one colour.
        expect(await shown.coloursOf(card(step).getByRole('img'))).toBeGreaterThan(10)
      }
      const headings = await studio.page.getByRole('article').getByRole('heading').allTextContents()
      expect(headings).toEqual(['Step 6', 'Step 4', 'Step 2'])
      await card(6).getByText('newest', { exact: true }).waitFor()
    })

    test('all are verified, to the last byte', async () => {
      await shown.button('Verify all').click()
      for (const step of [2, 4, 6]) {
        await card(step)
          .getByText(/verified (just now|.* ago)/)
          .waitFor()
      }
    })

    test('a pinned one says so, and can’t be deleted', async () => {
      await card(4).getByRole('button', { name: 'Pin', exact: true }).click()
      await card(4).getByText('pinned', { exact: true }).waitFor()
      await card(4).getByRole('button', { name: 'More for step 4' }).click()
      expect(await studio.page.getByRole('menuitem', { name: 'Delete' }).getAttribute('aria-disabled')).toBe('true')
      await studio.page.keyboard.press('Escape')
    })

    test('two are compared on the same latents: side by side, by a swipe, by their difference', async () => {
      await shown.button('Compare step 2').click()
      await shown.button('Compare step 6').click()
      await shown.button('Compare').click()
      const compared = dialog(/^Step 2 and step 6$/)
      expect(await compared.getByRole('img').count()).toBe(2)
      await compared.getByRole('radio', { name: 'Swipe' }).click()
      const edge = compared.getByRole('slider', { name: 'Edge between the two' })
      const before = await edge.getAttribute('aria-valuenow')
      await edge.press('ArrowRight')
      expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(Number(before) + 1)
      await compared.getByRole('radio', { name: 'Difference' }).click()
      const mean = await compared.getByText(/^They differ by /).textContent()
      expect(Number(/by ([\d.]+) %/.exec(mean ?? '')?.[1])).toBeGreaterThan(0)
      expect(await seriousViolations(studio.page)).toEqual([])
      await compared.getByRole('button', { name: 'Close' }).click()
    })

    test('a deleted one comes back by its undo', async () => {
      await choose(2, 'Delete')
      await card(2).waitFor({ state: 'detached' })
      await shown.button('Undo').click()
      await card(2).waitFor()
    })

    test('the rule of what is kept is changed, and told in words', async () => {
      await shown.button('Change…').click()
      await dialog(/^Which checkpoints are kept$/)
        .getByLabel('Newest')
        .fill('7')
      await shown.button('Save').click()
      await studio.page.getByText('Keeps the newest 7').waitFor()
    })

    test('one is exported as an ONNX model that onnxruntime opens', async () => {
      const folder = join(home.path, 'exports')
      mkdirSync(folder)
      await choose(6, 'Export…')
      if (host === 'desktop') {
        await studio.choosePictures(folder)
      } else {
        await studio.page.getByRole('textbox', { name: 'Into folder' }).fill(folder)
      }
      await shown.button('Export').click()
      await studio.page.getByText(/\.onnx, /).waitFor()
      const [file, ...others] = readdirSync(folder)
      expect(others).toEqual([])
      const session = await InferenceSession.create(join(folder, file!))
      expect([session.inputNames, session.outputNames]).toEqual([['z'], ['pictures']])
      await session.release()
      await studio.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    })

    test('one that lost a bit is found broken, and says why', async () => {
      const runs = join(home.path, 'studio', 'runs')
      const [run] = readdirSync(runs).filter((name) => !name.startsWith('.'))
      flipBit(join(runs, run!, 'checkpoints', 'step-000002', 'generator.safetensors'))
      await choose(2, 'Verify')
      await card(2).getByText('Broken.').waitFor()
      await card(2)
        .getByText(/generator\.safetensors/)
        .waitFor()
    })

    test('a branch lists what was changed, and trains from the step it begins at', async () => {
      await choose(4, 'Branch a new run…')
      await studio.page.getByText('Begins as a copy of flowers at step 4').waitFor()
      const batch = studio.page.getByRole('textbox', { name: 'Batch size' })
      await batch.fill('9')
      await studio.page.getByRole('textbox', { name: 'Steps', exact: true }).fill('100000')
      const changes = studio.page.getByRole('listitem').filter({ hasText: '8 → 9' })
      await changes.waitFor()
      await shown.button('Start').click()
      await shown.waitForState('training')
      await shown.waitForStepAfter(4)
      await shown.button('Stop').click()
      await shown.waitForState('stopped')
      await shown.open('Checkpoints')
      await studio.page.getByText('A branch of flowers from step 4').waitFor()
    })

    test('no serious barriers, and no errors in the console', async () => {
      expect(await seriousViolations(studio.page)).toEqual([])
      await quitCompletely(studio)
      expect(studio.pageErrors).toEqual([])
    })
  })
}
