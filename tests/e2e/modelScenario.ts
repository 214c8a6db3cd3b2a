import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import chollet32 from '../../resources/presets/chollet-32.json'
import { parseRunConfiguration } from '../../src/shared/config/parse'
import { notebookPair } from '../model/interchange/kerasModels'
import { seriousViolations } from './support/accessibility'
import { endAtFailure } from './support/endAtFailure'
import { StudioPage } from './support/studioPage'
import { type Home, makeHome, type OpenStudio, quitCompletely, type StudioUnderTest } from './support/studioUnderTest'

/** The seed notebook's two broken networks as Keras 2 writes them, one file each. */
function writeNotebookPair(folder: string): readonly string[] {
  const { generator, discriminator } = notebookPair(2)
  return Object.entries({ generator, discriminator }).map(([name, network]) => {
    const path = join(folder, `${name}.json`)
    writeFileSync(path, JSON.stringify(network))
    return path
  })
}

/**
 * What a user does in the Model view, in this order: each test goes on where the one before it left.
 *
 * @param open null where the program is missing that shows the studio
 */
export function describeModelView(host: string, open: OpenStudio | null): void {
  const title = `${host}, Model view`
  describe.skipIf(open === null)(open === null ? `${title} (SKIPPED: its program is missing)` : title, () => {
    let home: Home
    let studio: StudioUnderTest
    let shown: StudioPage

    const network = (role: string): Locator => studio.page.getByRole('region', { name: role, exact: true })
    const card = (role: string, layer: string): Locator => network(role).locator(`[data-layer="${layer}"]`)
    const head = (role: string, layer: string): Locator => card(role, layer).getByRole('button', { expanded: false })
    const order = (role: string): Promise<readonly (string | null)[]> =>
      network(role)
        .locator('[data-layer]')
        .evaluateAll((cards) => cards.map((element) => element.getAttribute('data-layer')))

    async function beginWith(preset: string): Promise<void> {
      await shown.button('Presets…').click()
      const dialog = studio.page.getByRole('dialog', { name: 'Presets' })
      await dialog.getByRole('radio', { name: new RegExp(`^${preset}`) }).click()
      await dialog.getByRole('button', { name: 'Begin with it' }).click()
      await dialog.waitFor({ state: 'hidden' })
    }

    /** The configuration in the editor, as the export gives it. */
    async function exported() {
      await shown.button('Export…').click()
      const dialog = studio.page.getByRole('dialog', { name: 'Export the networks' })
      await dialog.getByText('Kwiat JSON').click()
      const text = await dialog.getByText('"architecture"').textContent()
      await studio.page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
      return parseRunConfiguration(JSON.parse(text ?? ''))
    }

    beforeAll(async () => {
      if (open === null) {
        throw new Error(`${host}: expected a program that shows it, got none`)
      }
      home = makeHome()
      studio = await open({ home: home.path })
      studio.page.setDefaultTimeout(20_000)
      shown = new StudioPage(studio.page)
      await shown.open('Model')
    })
    endAtFailure(title, () => studio.page)
    afterAll(async () => {
      studio?.host.kill('SIGKILL')
      home?.remove()
    })

    test('shows both networks with their figures, side by side, without scrolling sideways', async () => {
      await beginWith('chollet-32')
      await card('Generator', 'dense').getByText('1 081 344').waitFor()
      await card('Discriminator', 'conv2d_3').getByText('2 × 2 × 128').waitFor()
      await studio.page.getByText('No problems found').waitFor()
      const [generator, discriminator] = [
        await network('Generator').boundingBox(),
        await network('Discriminator').boundingBox()
      ]
      expect(generator!.x + generator!.width).toBeLessThanOrEqual(discriminator!.x)
      expect(discriminator!.x + discriminator!.width).toBeLessThanOrEqual(1280)
    })

    test('memory is known; the time is once it was measured, and nothing is made up before', async () => {
      const totals = studio.page.getByRole('main', { name: 'Model' }).locator('dl').first()
      await totals.getByText(/[MG]B of .* free/).waitFor()
      await totals.getByText('–', { exact: true }).waitFor()
      await totals.getByRole('button', { name: 'Measure' }).click()
      await totals.getByText(/^\d+(\.\d+)? (ms|s)$/).waitFor()
    })

    test('an opened card tells its story and has its fields; a change shows at once and can be undone', async () => {
      await head('Generator', 'conv2d').click()
      await card('Generator', 'conv2d').getByText('Why it is here').waitFor()
      const filters = card('Generator', 'conv2d').getByRole('textbox', { name: 'Filters' })
      await filters.fill('64')
      await card('Generator', 'conv2d').getByText('16 × 16 × 64').first().waitFor()
      await studio.page.getByText('edited', { exact: true }).waitFor()
      await filters.press('Control+z')
      await card('Generator', 'conv2d').getByText('16 × 16 × 256').first().waitFor()
      expect(await filters.inputValue()).toBe('256')
    })

    test('what can’t stand in a field is said beside it, and changes nothing', async () => {
      const filters = card('Generator', 'conv2d').getByRole('textbox', { name: 'Filters' })
      await filters.fill('many')
      await card('Generator', 'conv2d').getByText('Expected a whole number from 1 to 65 536, got many.').waitFor()
      expect(await filters.getAttribute('aria-invalid')).toBe('true')
      await filters.fill('256')
      expect(await filters.getAttribute('aria-invalid')).toBe('false')
      await studio.page.getByText('edited', { exact: true }).waitFor({ state: 'hidden' })
    })

    test('layers are added, moved and removed by keyboard', async () => {
      const before = await order('Discriminator')
      await network('Discriminator').getByRole('button', { name: 'Add a layer before flatten' }).press('Enter')
      await studio.page.getByRole('menuitem', { name: /^Dropout/ }).press('Enter')
      await card('Discriminator', 'dropout_1').waitFor()
      const place = before.indexOf('flatten')
      // The new one stands in front of the old one, and Keras' names follow the order.
      expect((await order('Discriminator')).slice(place, place + 3)).toEqual(['dropout', 'flatten', 'dropout_1'])
      const added = card('Discriminator', 'dropout').getByRole('button', { name: /^Dropout/ })
      await expect.poll(() => added.evaluate((element) => element === document.activeElement)).toBe(true)
      await studio.page.keyboard.press('Alt+ArrowUp')
      await expect.poll(() => order('Discriminator').then((names) => names.indexOf('dropout'))).toBe(place - 1)
      await studio.page.keyboard.press('Delete')
      await expect.poll(() => order('Discriminator')).toEqual(before)
    })

    test('layers are dragged to other places by the mouse', async () => {
      const before = await order('Discriminator')
      const first = card('Discriminator', 'conv2d')
      // Both are in view, so that nothing scrolls while one is held.
      await first.scrollIntoViewIfNeeded()
      await card('Discriminator', 'leaky_re_lu')
        .locator('[draggable="true"]')
        .dragTo(first, { targetPosition: { x: 200, y: 4 } })
      await expect
        .poll(() => order('Discriminator'))
        .toEqual(['leaky_re_lu', 'conv2d', ...before.filter((name) => name !== 'leaky_re_lu' && name !== 'conv2d')])
      await shown.button('Undo').click()
      await expect.poll(() => order('Discriminator')).toEqual(before)
    })

    test('a mistake stands on its card, stops the training, and is taken back by undoing', async () => {
      await head('Discriminator', 'conv2d_3').click()
      await card('Discriminator', 'conv2d_3').getByRole('textbox', { name: 'Kernel size' }).fill('5')
      await expect.poll(() => card('Discriminator', 'conv2d_3').locator('[data-severity="warning"]').count()).toBe(1)
      await card('Discriminator', 'conv2d_3').getByRole('textbox', { name: 'Kernel size' }).fill('9')
      await card('Discriminator', 'conv2d_3').locator('[data-code="kernel-larger-than-input"]').waitFor()
      expect(await shown.button('Train this').isDisabled()).toBe(true)
      // The card that one edits stays before one's eyes.
      expect(await studio.page.locator('main .page').evaluate((page) => page.scrollTop)).toBeGreaterThan(0)
      await studio.page.getByRole('status').getByText(/error/).waitFor()
      await shown.button('Undo').click()
      await studio.page.getByText('No problems found').waitFor()
      expect(await shown.button('Train this').isEnabled()).toBe(true)
    })

    test('the seed notebook’s networks are imported with notes; their mistakes stand on their layers', async () => {
      await shown.button('Import…').click()
      const dialog = studio.page.getByRole('dialog', { name: 'Import networks' })
      await dialog.locator('input[type="file"]').setInputFiles([...writeNotebookPair(home.path)])
      await dialog.getByText(/trainable = False disables learning/).waitFor()
      await dialog.getByRole('button', { name: 'Show the networks' }).click()
      await card('Generator', 'conv2d_1').locator('[data-code="strided-convolution-in-generator"]').waitFor()
      await card('Generator', 'conv2d_2').locator('[data-code="linear-after-linear"]').waitFor()
      await card('Generator', 'conv2d_4').locator('[data-code="output-size"]').waitFor()
      expect(await seriousViolations(studio.page)).toEqual([])
    })

    test('one click on its card mends one mistake', async () => {
      await card('Generator', 'conv2d_1').getByRole('button', { name: 'Make it a Conv2DTranspose' }).click()
      await card('Generator', 'conv2d_transpose').getByText('32 × 32 × 256').first().waitFor()
      await network('Generator').locator('[data-code="output-size"]').waitFor({ state: 'hidden' })
      await shown.button('Undo').click()
      await network('Generator').locator('[data-code="output-size"]').waitFor()
    })

    test('repair all makes exactly chollet-32 of them', async () => {
      await shown.button('Repair all').click()
      await studio.page.getByText('No problems found').waitFor()
      expect((await exported()).architecture).toEqual(parseRunConfiguration(chollet32).architecture)
    })

    test('networks that were edited are still there after a reload', async () => {
      await head('Generator', 'dense').click()
      await card('Generator', 'dense').getByRole('textbox', { name: 'Name' }).fill('roots')
      await card('Generator', 'roots').waitFor()
      await shown.open('Runs')
      await studio.page.reload()
      await shown.open('Model')
      await card('Generator', 'roots').waitFor()
    })

    test('are saved as a preset, which tells how it differs from others', async () => {
      await shown.button('Save as preset…').click()
      const saving = studio.page.getByRole('dialog', { name: 'Save as preset' })
      await saving.getByRole('textbox', { name: 'Name' }).fill('mine')
      await saving.getByRole('button', { name: 'Save' }).click()
      await saving.waitFor({ state: 'hidden' })
      await shown.button('Presets…').click()
      const dialog = studio.page.getByRole('dialog', { name: 'Presets' })
      await dialog.getByRole('radio', { name: /^mine/ }).waitFor()
      await dialog.getByRole('radio', { name: /^chollet-32/ }).click()
      await dialog
        .getByRole('listitem')
        .filter({ hasText: /Dense.*name.*roots/ })
        .waitFor()
      expect(await seriousViolations(studio.page)).toEqual([])
      await studio.page.keyboard.press('Escape')
    })

    test('opened cards have no serious barriers, in the light theme either', async () => {
      await head('Generator', 'conv2d').click()
      await shown.button('Light theme').click()
      expect(await seriousViolations(studio.page)).toEqual([])
      await shown.button('Dark theme').click()
      expect(await seriousViolations(studio.page)).toEqual([])
    })

    test('edited networks train', async () => {
      await beginWith('flowers-32')
      await head('Discriminator', 'conv2d').click()
      await card('Discriminator', 'conv2d').getByRole('textbox', { name: 'Filters' }).fill('8')
      await expect.poll(() => shown.button('Train this').isEnabled()).toBe(true)
      await shown.button('Train this').click()
      await studio.page.getByRole('main', { name: 'Train' }).waitFor()
      await studio.page.getByRole('textbox', { name: 'Steps', exact: true }).fill('5')
      await shown.button('Start').click()
      await shown.waitForState('done')
      await shown.open('Model')
      await studio.page.getByRole('radio', { name: /^Run: / }).click()
      await card('Discriminator', 'conv2d').getByText('16 × 16 × 8').waitFor()
      expect(await shown.button('Edit a copy').isEnabled()).toBe(true)
    })

    test('ends without errors in its console', async () => {
      await quitCompletely(studio)
      expect(studio.pageErrors).toEqual([])
    })
  })
}
