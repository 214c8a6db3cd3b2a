import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '../../../shared/contract/studio'
import type { Emit } from '../../services/eventHub'
import { hostText } from './hostText.electron'

type Command = EventPayload<'menu/command'>['command']

/** The native menu in the host's language; its own commands are told to the page, which knows what is selected. */
export function installMenu(emit: Emit): void {
  const text = hostText()
  const item = (label: string, command: Command, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => emit('menu/command', { command })
  })
  const role = (label: string, name: MenuItemConstructorOptions['role']): MenuItemConstructorOptions =>
    name === undefined ? { label } : { label, role: name }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = process.platform === 'darwin'
  const developer = app.isPackaged ? [] : [role(text.developerTools, 'toggleDevTools')]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' as const }] : []),
      {
        label: text.file,
        submenu: [
          item(text.newRun, 'new-run', 'CmdOrCtrl+N'),
          item(text.openPictures, 'open-data', 'CmdOrCtrl+O'),
          separator,
          item(text.settings, 'settings', 'CmdOrCtrl+,'),
          separator,
          isMac ? role(text.close, 'close') : role(text.quit, 'quit')
        ]
      },
      {
        label: text.edit,
        submenu: [
          role(text.undo, 'undo'),
          role(text.redo, 'redo'),
          separator,
          role(text.cut, 'cut'),
          role(text.copy, 'copy'),
          role(text.paste, 'paste'),
          role(text.selectAll, 'selectAll')
        ]
      },
      {
        label: text.training,
        submenu: [
          item(text.pause, 'pause', 'CmdOrCtrl+P'),
          item(text.stop, 'stop', 'CmdOrCtrl+.'),
          item(text.log, 'log', 'CmdOrCtrl+L')
        ]
      },
      {
        label: text.view,
        submenu: [
          role(text.reload, 'reload'),
          ...developer,
          separator,
          role(text.actualSize, 'resetZoom'),
          role(text.zoomIn, 'zoomIn'),
          role(text.zoomOut, 'zoomOut'),
          separator,
          role(text.fullScreen, 'togglefullscreen')
        ]
      }
    ])
  )
}
