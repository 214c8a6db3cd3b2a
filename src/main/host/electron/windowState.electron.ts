import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import { z } from 'zod'
import { parseJson } from '../../../shared/parseJson'

const stateSchema = z.strictObject({
  bounds: z.strictObject({
    x: z.int(),
    y: z.int(),
    width: z.int().min(400).max(20_000),
    height: z.int().min(300).max(20_000)
  }),
  isMaximized: z.boolean()
})
type WindowState = z.infer<typeof stateSchema>

const statePath = (): string => join(app.getPath('userData'), 'window.json')

/** Where the window stood when it was closed; null when that is not known or not on a screen any more. */
export function readWindowState(): WindowState | null {
  try {
    const state = stateSchema.safeParse(parseJson(readFileSync(statePath(), 'utf8'))).data
    return state !== undefined && isOnScreen(state.bounds) ? state : null
  } catch {
    // There is none at the first start.
    return null
  }
}

/** Remembers where the window stands whenever it closes. */
export function rememberWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(statePath(), JSON.stringify(state))
    } catch {
      // A window that opens at its usual place next time is no reason to keep this one open.
    }
  })
}

function isOnScreen({ x, y, width, height }: Rectangle): boolean {
  return screen
    .getAllDisplays()
    .some(
      ({ workArea }) =>
        x < workArea.x + workArea.width &&
        x + width > workArea.x &&
        y < workArea.y + workArea.height &&
        y + height > workArea.y
    )
}
