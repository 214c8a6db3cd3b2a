import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { app } from 'electron'

/**
 * The first path among the arguments of a start, as the system's file manager gives it; null for none.
 *
 * @param folder relative paths are meant from here
 */
export function givenPath(argv: readonly string[], folder: string): string | null {
  // Before packaging the first argument after the program is the app itself.
  const given = argv.slice(process.defaultApp ? 2 : 1).filter((argument) => !argument.startsWith('-'))
  const path = given.map((argument) => resolve(folder, argument)).find((candidate) => existsSync(candidate))
  return path ?? null
}

/** Has macOS hand over what it opens with the app; elsewhere paths come as arguments. To be called before it is ready. */
export function onOpenFile(open: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
}
