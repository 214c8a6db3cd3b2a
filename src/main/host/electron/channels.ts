/** Names of the ways between a window and the main process. */
export const channels = {
  /** The messages of the contract, in both directions. */
  message: 'kwiat:message',
  /** The path of something that the user dropped. */
  dropped: 'kwiat:dropped'
} as const
