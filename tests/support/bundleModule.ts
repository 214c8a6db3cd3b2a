import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { onTestFinished } from 'vitest'

/** Bundles a TypeScript module into `folder` as the app is bundled, so that a bare `node` can run it; returns the file's path. */
export async function bundleInto(folder: string, source: string, external: string[] = []): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external },
    build: {
      ssr: source,
      outDir: folder,
      target: 'node18.15',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'bundle.cjs' } }
    }
  })
  return join(folder, 'bundle.cjs')
}

/** Bundles a module for as long as the test runs. */
export async function bundleModule(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kwiat-bundle-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return bundleInto(folder, source)
}
