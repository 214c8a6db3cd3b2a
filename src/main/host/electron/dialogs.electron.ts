import { BrowserWindow, dialog } from 'electron'
import type { Params } from '../../../shared/contract/studio'
import { hostText } from './hostText.electron'

const windowOrThrow = (): BrowserWindow => {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) {
    throw new Error('dialogs: expected an open window, got none')
  }
  return window
}

/** Lets the user choose pictures or a folder to keep them in; null when the dialog was closed. */
export async function choosePath(kind: Params<'data/choose'>['kind']): Promise<string | null> {
  const text = hostText()
  const { filePaths } = await dialog.showOpenDialog(windowOrThrow(), {
    title: text.choose[kind],
    properties: kind === 'file' ? ['openFile'] : ['openDirectory', 'createDirectory'],
    filters: [
      { name: text.pictureFiles, extensions: ['zip', 'tar', 'tgz', 'gz', 'bin', 'idx', 'idx3-ubyte'] },
      { name: text.allFiles, extensions: ['*'] }
    ]
  })
  return filePaths[0] ?? null
}

/** Whether to save the run that trains and quit, rather than to go on. */
export async function confirmQuit(): Promise<boolean> {
  const text = hostText()
  const { response } = await dialog.showMessageBox(windowOrThrow(), {
    type: 'question',
    message: text.isTraining,
    detail: text.savesFirst,
    buttons: [text.saveAndQuit, text.keepTraining],
    defaultId: 1,
    cancelId: 1
  })
  return response === 0
}
