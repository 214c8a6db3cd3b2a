import { once } from 'node:events'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import type { AppRuntime } from './programs'
import { sandboxOptions } from './programs'
import { environmentFor, type OpenOptions, type StudioUnderTest, watchErrors } from './studioUnderTest'

/** Starts the desktop app on a display. */
export async function openDesktop(
  runtime: Pick<AppRuntime, 'program' | 'options'>,
  display: string,
  options: OpenOptions
): Promise<StudioUnderTest> {
  const app = await _electron.launch({
    executablePath: runtime.program,
    args: [...sandboxOptions, '--disable-gpu', `--user-data-dir=${join(options.home, 'window')}`, ...runtime.options],
    env: { ...environmentFor(options), DISPLAY: display }
  })
  const pageErrors = watchErrors(app.context())
  const page = await app.firstWindow()
  await page.setViewportSize({ width: 1280, height: 800 })
  const host = app.process()
  return {
    page,
    host,
    pageErrors,
    choosePictures: async (path) => {
      // The system's own dialog can't be reached from a page.
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
      }, path)
      await page.getByRole('button', { name: 'Choose…' }).click()
    },
    quit: async () => {
      const exited = once(host, 'exit')
      await app.evaluate(({ app: electronApp, dialog }) => {
        // Whoever quits in mid-training is asked whether to save and quit; the first button does so.
        dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
        electronApp.quit()
      })
      await exited
    }
  }
}
