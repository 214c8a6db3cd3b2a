import { ipcMain, type WebContents } from 'electron'
import { createDispatcher, type Dispatcher } from '../../../shared/contract/dispatcher'
import type { HostMessage } from '../../../shared/contract/messages'
import type { Studio } from '../../services/studio'
import { channels } from './channels'
import { isFromPage } from './page.electron'

interface Connection {
  readonly dispatcher: Dispatcher
  readonly close: () => void
}

/** Answers the calls of windows; what other frames send is not looked at. */
export function connectWindows({ handlers, hub, allowPath, onBug }: Studio): void {
  const connections = new Map<WebContents, Connection>()

  function connect(contents: WebContents): Connection {
    const send = (message: HostMessage) => {
      if (!contents.isDestroyed()) {
        contents.send(channels.message, message)
      }
    }
    const dispatcher = createDispatcher(handlers, send, onBug)
    const unsubscribe = hub.subscribe(send)
    const close = () => {
      unsubscribe()
      dispatcher.close()
      connections.delete(contents)
    }
    // A page that is reloaded begins anew: nobody waits for the answers to the old one's calls.
    contents.once('did-start-navigation', close)
    contents.once('destroyed', close)
    const connection = { dispatcher, close }
    connections.set(contents, connection)
    return connection
  }

  ipcMain.on(channels.message, (event, message) => {
    if (isFromPage(event)) {
      const connection = connections.get(event.sender) ?? connect(event.sender)
      connection.dispatcher.receive(message)
    }
  })
  ipcMain.handle(channels.dropped, (event, path: unknown) => {
    if (isFromPage(event) && typeof path === 'string') {
      allowPath(path)
    }
  })
}
