import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { descendantsOf, stillRunning } from './processes'

/** The studio as a user has it before them, whichever host shows it. */
export interface StudioUnderTest {
  readonly page: Page
  /** The host's own process: Electron's main process, or `kwiat serve`. */
  readonly host: ChildProcess
  /** Errors that the page wrote to its console or did not catch. */
  readonly pageErrors: readonly string[]
  /** Has the user choose pictures in the Data view, as the host lets them. */
  choosePictures(path: string): Promise<void>
  /** Ends the studio as its user does, and waits for the end. */
  quit(): Promise<void>
}

export interface OpenOptions {
  /** Where the studio keeps everything, and what it takes for the user's home. */
  readonly home: string
}

export type OpenStudio = (options: OpenOptions) => Promise<StudioUnderTest>

/** The folder of one test's studio. */
export interface Home {
  readonly path: string
  remove(): void
}

export function makeHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'kwiat-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The environment of a studio that leaves the user's own alone. */
export const environmentFor = ({ home }: OpenOptions): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  ),
  KWIAT_HOME: join(home, 'studio'),
  HOME: home
})

/** No page may ask for it; being refused is told as an error too. */
export const foreignAddress = 'https://example.invalid/'

/** Collects what goes wrong in the pages of a context. */
export function watchErrors(context: BrowserContext): readonly string[] {
  const errors: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes(foreignAddress)) {
      errors.push(`${message.text()} (${message.location().url})`)
    }
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
  return errors
}

/** The trainer of a studio that trains, by its number. */
export async function trainerOf(host: ChildProcess): Promise<number> {
  const found = () => descendantsOf(host.pid ?? 0).filter(({ command }) => /^kwiat trainer/.test(command))
  await expect.poll(() => found().length, { message: 'one trainer process runs' }).toBe(1)
  return found()[0]!.id
}

/** Quits and waits until none of the studio's processes is left. */
export async function quitCompletely(studio: StudioUnderTest): Promise<void> {
  const processes = descendantsOf(studio.host.pid ?? 0)
  await studio.quit()
  await expect.poll(() => stillRunning(processes), { timeout: 10_000, message: 'no process is left' }).toEqual([])
}
