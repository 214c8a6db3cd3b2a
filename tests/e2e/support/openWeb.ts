import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { sandboxOptions } from './programs'
import { environmentFor, type OpenOptions, type StudioUnderTest, watchErrors } from './studioUnderTest'

/** Nothing that Chromium would ask of the network by itself. */
const quietOptions = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run'
]

/** Starts `kwiat serve` and opens its address in a browser. */
export async function openWeb(browserProgram: string, options: OpenOptions): Promise<StudioUnderTest> {
  const host = spawn(process.execPath, ['out/main/cli.cjs', 'serve'], {
    env: environmentFor(options),
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const [address] = await once(createInterface({ input: host.stdout }), 'line')
  const browser = await chromium.launch({
    executablePath: browserProgram,
    args: [...sandboxOptions, ...quietOptions],
    chromiumSandbox: sandboxOptions.length === 0
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const pageErrors = watchErrors(context)
  const page = await context.newPage()
  await page.goto(String(address))
  return {
    page,
    host,
    pageErrors,
    choosePictures: async (path) => {
      await page.getByRole('textbox', { name: 'Path' }).fill(path)
      await page.getByRole('button', { name: 'Open', exact: true }).click()
    },
    quit: async () => {
      const exited = once(host, 'exit')
      host.kill('SIGINT')
      await exited
      await browser.close()
    }
  }
}
