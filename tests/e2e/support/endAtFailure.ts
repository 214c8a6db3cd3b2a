import type { Page } from 'playwright-core'
import { beforeEach, onTestFailed } from 'vitest'

/**
 * Tests of the present suite that go on where the one before left are skipped after one that failed; the page as it then
 * was is printed as a screen reader would have it.
 */
export function endAtFailure(title: string, pageOf: () => Page): void {
  let hasFailed = false
  beforeEach(({ skip }) => {
    skip(hasFailed, 'a test before it failed, where it would go on')
    onTestFailed(async () => {
      hasFailed = true
      process.stderr.write(`\n${title}, page when it failed:\n${await pageOf().locator('body').ariaSnapshot()}\n`)
    })
  })
}
