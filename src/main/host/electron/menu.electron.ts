import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '../../../shared/contract/studio'
import type { Emit } from '../../services/eventHub'

type Command = EventPayload<'menu/command'>['command']

/** The native menu; its own commands are told to the page, which knows what is selected. */
export function installMenu(emit: Emit): void {
  const item = (label: string, command: Command, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => emit('menu/command', { command })
  })
  const isMac = process.platform === 'darwin'
  const settings = item('Settings', 'settings', 'CmdOrCtrl+,')
  const developer: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: 'toggleDevTools' }]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' as const }] : []),
      {
        label: '&File',
        submenu: [
          item('New Run', 'new-run', 'CmdOrCtrl+N'),
          item('Open Pictures…', 'open-data', 'CmdOrCtrl+O'),
          { type: 'separator' },
          settings,
          { type: 'separator' },
          isMac ? { role: 'close' } : { role: 'quit' }
        ]
      },
      { role: 'editMenu' },
      {
        label: '&Training',
        submenu: [
          item('Pause', 'pause', 'CmdOrCtrl+P'),
          item('Stop', 'stop', 'CmdOrCtrl+.'),
          item('Log', 'log', 'CmdOrCtrl+L')
        ]
      },
      {
        label: '&View',
        submenu: [
          { role: 'reload' },
          ...developer,
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' }
        ]
      }
    ])
  )
}
