/** A process' end of the channel to its owner. */
export interface OwnerPort {
  /** Resolves when the owner's end has the message, or when it is gone; that is no fault of the work. */
  say(message: object): Promise<void>
  onMessage(listener: (message: unknown) => void): void
  /** Called when the owner is gone without having said so. */
  onOwnerGone(listener: () => void): void
  /** Nothing else keeps the process alive. */
  close(): void
}

const childOfNode: OwnerPort = {
  say: (message) =>
    new Promise((resolve) => {
      if (process.connected) {
        process.send?.(message, undefined, {}, () => resolve())
      } else {
        resolve()
      }
    }),
  onMessage: (listener) => {
    process.on('message', listener)
  },
  onOwnerGone: (listener) => {
    process.on('disconnect', listener)
  },
  close: () => {
    // An owner that is gone has closed it already.
    if (process.connected) {
      process.disconnect?.()
    }
  }
}

/** What Electron gives its utility processes in the place of Node's channel. */
interface ElectronPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  postMessage(message: unknown): void
}

const utilityProcess = (port: ElectronPort): OwnerPort => ({
  say: async (message) => port.postMessage(message),
  onMessage: (listener) => {
    port.on('message', ({ data }) => listener(data))
  },
  // Electron ends its utility processes with itself.
  onOwnerGone: () => undefined,
  // The port keeps the process alive; the owner ends it when it has the outcome, so that no message is lost.
  close: () => undefined
})

/** The channel that this process was started with. */
export function openOwnerPort(): OwnerPort {
  // Electron's types say that it is always there; it is in its utility processes only.
  const parentPort: ElectronPort | undefined = process.parentPort
  return parentPort === undefined ? childOfNode : utilityProcess(parentPort)
}
