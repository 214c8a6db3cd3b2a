import { execFileSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the built programs that the tests start. */
    mainFolder: string
  }
}

/**
 * Builds what is out of date, as `npm run kwiat` does, before the tests start the programs that were built. They start a
 * copy: while they run, somebody may build anew.
 */
export default function buildMain({ provide }: TestProject): () => void {
  execFileSync(process.execPath, ['scripts/kwiat.mjs', '--version'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const copy = resolve('out', `test-${process.pid}`)
  const mainFolder = resolve(copy, 'main')
  cpSync(resolve('out', 'main'), mainFolder, { recursive: true })
  provide('mainFolder', mainFolder)
  return () => rmSync(copy, { recursive: true, force: true })
}
