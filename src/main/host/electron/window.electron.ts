import { BrowserWindow } from 'electron'
import { preloadEntry } from '../builtFiles'
import { pageUrl } from './page.electron'
import { readWindowState, rememberWindowState } from './windowState.electron'

/** Opens the studio's window where it stood the last time. */
export function openWindow(): BrowserWindow {
  const state = readWindowState()
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...state?.bounds,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Kwiat',
    backgroundColor: '#131417',
    webPreferences: {
      preload: preloadEntry,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false
    }
  })
  if (state?.isMaximized === true) {
    window.maximize()
  }
  rememberWindowState(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(pageUrl)
  return window
}
