import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    readonly axe: { run(options: RunOptions): Promise<AxeResults> }
  }
}

/** What axe finds serious or critical in the page as it is now, one line a rule and element. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(source)
  // Colours on their way to others, as after a change of the theme, are not those that one reads.
  await page.evaluate(() =>
    Promise.allSettled(
      document.getAnimations().flatMap((motion) => (motion instanceof CSSTransition ? [motion.finished] : []))
    )
  )
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`))
}
