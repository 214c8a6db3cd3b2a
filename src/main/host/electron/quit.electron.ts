import { app, type BrowserWindow } from 'electron'
import type { Studio } from '../../services/studio'
import { confirmQuit } from './dialogs.electron'

/** A training step in progress and its checkpoint may take this long. */
const graceMs = 120_000

/** Quits only when the run that trains is saved and its process is gone; asks before, unless a signal says so. */
export function guardQuit(studio: Studio, window: BrowserWindow): void {
  let isQuitting = false
  let isSettled = false

  async function quit(mayAsk: boolean): Promise<void> {
    if (isQuitting || (mayAsk && studio.isTraining() && !(await confirmQuit()))) {
      return
    }
    isQuitting = true
    await studio.close(graceMs).catch(() => undefined)
    isSettled = true
    app.quit()
  }

  const hold = (event: { preventDefault(): void }) => {
    if (!isSettled) {
      event.preventDefault()
      void quit(true)
    }
  }
  window.on('close', hold)
  app.on('before-quit', hold)
  app.on('window-all-closed', () => app.quit())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void quit(false))
  }
}
