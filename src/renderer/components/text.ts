import type { RunState } from '../../shared/contract/runs'
import type { ErrorParts } from '../../shared/errors'

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

export const errorText = {
  why: ({ expected, actual }: ErrorParts): string => `Expected ${expected}, got ${actual}.`,
  todo: ({ todo }: ErrorParts): string => asSentence(todo)
}

export const stateText: Readonly<Record<RunState, string>> = {
  queued: 'waiting',
  running: 'training',
  paused: 'paused',
  stopped: 'stopped',
  done: 'done',
  failed: 'failed',
  crashed: 'crashed'
}

export const pictureText = {
  samples: (name: string, step: string): string => `Grid of generated pictures of ${name} at step ${step}`,
  none: 'No pictures yet'
}
