import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { channels } from '../main/host/electron/channels'
import type { StudioBridge } from '../shared/contract/bridge'

/**
 * Where a file of the page stands; empty for one that the page made up. Electron before 29 has the path on the file
 * itself.
 */
function pathOf(file: unknown): string {
  if (!(file instanceof File)) {
    return ''
  }
  if (webUtils !== undefined) {
    return webUtils.getPathForFile(file)
  }
  return 'path' in file && typeof file.path === 'string' ? file.path : ''
}

const bridge: StudioBridge = {
  send: (message) => ipcRenderer.send(channels.message, message),
  listen: (onMessage) => {
    ipcRenderer.on(channels.message, (_, message) => onMessage(message))
  },
  pathOfDropped: async (file) => {
    const path = pathOf(file)
    if (path === '') {
      return null
    }
    await ipcRenderer.invoke(channels.dropped, path)
    return path
  }
}

contextBridge.exposeInMainWorld('kwiat', bridge)
