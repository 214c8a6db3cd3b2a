import { type Event, ipcMain, type WebContents, type WebContentsDidStartNavigationEventParams } from 'electron'
import { createDispatcher, type Dispatcher } from '../../../shared/contract/dispatcher'
import type { HostMessage } from '../../../shared/contract/messages'
import { studioContract } from '../../../shared/contract/studio'
import type { Studio } from '../../services/studio'
import { channels } from './channels'
import { isFromPage } from './page.electron'

type NavigationDetails = Event<WebContentsDidStartNavigationEventParams>

/** Answers the calls of windows; what other frames send is not looked at. */
export function connectWindows({ handlers, hub, allowPath, onBug }: Studio): void {
  const connections = new Map<WebContents, Dispatcher>()

  function connect(contents: WebContents): Dispatcher {
    const send = (message: HostMessage) => {
      if (!contents.isDestroyed()) {
        contents.send(channels.message, message)
      }
    }
    const dispatcher = createDispatcher(studioContract, handlers, send, onBug)
    const unsubscribe = hub.subscribe(send)
    const close = () => {
      unsubscribe()
      dispatcher.close()
      connections.delete(contents)
      contents.off('did-start-navigation', onNavigation)
    }
    // A page that is reloaded begins anew: nobody waits for the answers to the old one's calls.
    const onNavigation = ({ isMainFrame, isSameDocument }: NavigationDetails) => {
      if (isMainFrame && !isSameDocument) {
        close()
      }
    }
    contents.on('did-start-navigation', onNavigation)
    contents.once('destroyed', close)
    connections.set(contents, dispatcher)
    return dispatcher
  }

  ipcMain.on(channels.message, (event, message) => {
    if (isFromPage(event)) {
      const dispatcher = connections.get(event.sender) ?? connect(event.sender)
      dispatcher.receive(message)
    }
  })
  ipcMain.handle(channels.dropped, (event, path: unknown) => {
    if (isFromPage(event) && typeof path === 'string') {
      allowPath(path)
    }
  })
}
