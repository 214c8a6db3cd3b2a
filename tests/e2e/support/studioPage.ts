import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const views = ['Runs', 'Data', 'Model', 'Train', 'Explore', 'Checkpoints', 'Settings'] as const

/** The studio's window as its user sees it: what is where, by role and name. */
export class StudioPage {
  readonly page: Page
  readonly header: Locator

  constructor(page: Page) {
    this.page = page
    this.header = page.getByRole('banner')
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** Opens a view by the rail. */
  async open(view: (typeof views)[number]): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()
    await this.page.getByRole('main', { name: view }).waitFor()
  }

  /** Waits until the header gives the chosen run this state. */
  async waitForState(state: string): Promise<void> {
    await this.header.getByText(state, { exact: true }).waitFor()
  }

  /** The step that the header tells. */
  async step(): Promise<number> {
    const told = await this.header.getByText(/^step [\d\s]+ \/ /).textContent()
    return Number(/^step ([\d\s]+) \//.exec(told ?? '')?.[1]?.replace(/\s/g, ''))
  }

  /** Waits until the chosen run has done more than `step` steps. */
  async waitForStepAfter(step: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: 30_000, message: `more than ${step} steps` }).toBeGreaterThan(step)
  }

  /** Pixels of a chart that are as colourful as its lines; axes and labels are grey. */
  colourfulPixels(chart: string): Promise<number> {
    const canvasOfChart = this.page.getByRole('img', { name: new RegExp(`^Chart: ${chart}`) }).locator('canvas')
    return canvasOfChart.evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) {
        return 0
      }
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let count = 0
      for (let i = 0; i < pixels.length; i += 4) {
        const channels = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0]
        count += Math.max(...channels) - Math.min(...channels) > 60 ? 1 : 0
      }
      return count
    })
  }

  /** Different colours in a picture, up to 1000: one means it is empty. */
  async coloursOf(picture: Locator): Promise<number> {
    await picture.waitFor()
    return await picture.evaluate(async (image) => {
      if (!(image instanceof HTMLImageElement)) {
        return 0
      }
      await image.decode()
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0)
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      const colours = new Set<number>()
      for (let i = 0; i < pixels.length && colours.size < 1000; i += 4) {
        colours.add(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0))
      }
      return colours.size
    })
  }
}
