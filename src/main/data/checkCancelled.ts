import { Cancelled } from '../../shared/errors'

/** @throws Cancelled when the signal has been given */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new Cancelled()
  }
}
