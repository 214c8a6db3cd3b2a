import type { RunState } from '../../shared/contract/runs'
import type { ViewName } from '../state/navigation.svelte'
import { translated } from '../text/translated.svelte'

export const viewText = translated<Readonly<Record<ViewName, string>>>({
  en: {
    runs: 'Runs',
    data: 'Data',
    model: 'Model',
    train: 'Train',
    explore: 'Explore',
    checkpoints: 'Checkpoints',
    settings: 'Settings'
  },
  pl: {
    runs: 'Przebiegi',
    data: 'Dane',
    model: 'Model',
    train: 'Trening',
    explore: 'Eksploracja',
    checkpoints: 'Punkty kontrolne',
    settings: 'Ustawienia'
  }
})

export const frameText = {
  views: 'Views',
  chooseRun: 'Choose a run',
  noRun: 'No run yet',
  step: (step: string, total: string): string => `step ${step} / ${total}`,
  left: (span: string): string => `${span} left`,
  preparing: 'preparing',
  importing: (done: string, total: string): string => `reading pictures ${done} / ${total}`,
  stopping: 'saving, then stopping',
  stuck: (span: string): string => `No sign of life for ${span}`,
  queued: (place: string): string => `waits, place ${place}`,
  pause: 'Pause',
  stop: 'Stop',
  leaveQueue: 'Leave the queue',
  kill: 'End it now',
  start: {
    queued: '',
    running: '',
    paused: 'Resume',
    stopped: 'Continue',
    done: '',
    failed: 'Try again',
    crashed: 'Continue from the last checkpoint'
  } satisfies Record<RunState, string>,
  toLight: 'Light theme',
  toDark: 'Dark theme',
  openLog: 'Open the log',
  noEngine: 'No engine at work',
  engine: (name: string): string => `engine: ${name}`,
  memory: (size: string): string => `${size} of memory`,
  compiled: (span: string): string => `step compiled in ${span}`,
  closed: 'Kwiat is no longer running. Start it again, then reload this page.',
  reload: 'Reload',
  notices: 'Messages',
  close: 'Close'
}

export const logText = {
  title: 'Log',
  description: 'What Kwiat did, newest last.',
  close: 'Close the log',
  empty: 'Nothing was logged yet.',
  lines: 'Lines of the log',
  copy: 'Copy'
}
