import { BrowserWindow, dialog } from 'electron'

const windowOrThrow = (): BrowserWindow => {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) {
    throw new Error('dialogs: expected an open window, got none')
  }
  return window
}

/** Lets the user choose pictures; null when the dialog was closed. */
export async function choosePath(kind: 'folder' | 'file'): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(windowOrThrow(), {
    title: kind === 'folder' ? 'A folder of pictures' : 'An archive or a data set of pictures',
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile'],
    filters: [
      { name: 'Zip, tar, CIFAR and idx files', extensions: ['zip', 'tar', 'tgz', 'gz', 'bin', 'idx', 'idx3-ubyte'] },
      { name: 'All files', extensions: ['*'] }
    ]
  })
  return filePaths[0] ?? null
}

/** Whether to save the run that trains and quit, rather than to go on. */
export async function confirmQuit(): Promise<boolean> {
  const { response } = await dialog.showMessageBox(windowOrThrow(), {
    type: 'question',
    message: 'A run is training.',
    detail: 'Kwiat saves a checkpoint after the step in progress and then quits. You can go on with the run later.',
    buttons: ['Save and quit', 'Keep training'],
    defaultId: 1,
    cancelId: 1
  })
  return response === 0
}
