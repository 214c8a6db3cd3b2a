import type { RunState } from '../../shared/contract/runs'
import type { ErrorParts } from '../../shared/errors'
import { translated } from '../text/translated.svelte'

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

interface ErrorText {
  /** What the details below are, where they are in another language. */
  readonly headline: string | null
  readonly why: (parts: ErrorParts) => string
  readonly todo: (parts: ErrorParts) => string
}

const details = {
  why: ({ expected, actual }: ErrorParts): string => `Expected ${expected}, got ${actual}.`,
  todo: ({ todo }: ErrorParts): string => asSentence(todo)
}

/** The parts of an error are English in every process; other languages say so before them. */
export const errorText = translated<ErrorText>({
  en: { headline: null, ...details },
  pl: { headline: 'Coś się nie udało. Szczegóły po angielsku:', ...details }
})

export const stateText = translated<Readonly<Record<RunState, string>>>({
  en: {
    queued: 'waiting',
    running: 'training',
    paused: 'paused',
    stopped: 'stopped',
    done: 'done',
    failed: 'failed',
    crashed: 'crashed'
  },
  pl: {
    queued: 'czeka',
    running: 'trenuje',
    paused: 'wstrzymany',
    stopped: 'zatrzymany',
    done: 'ukończony',
    failed: 'nieudany',
    crashed: 'po awarii'
  }
})

export const pictureText = translated({
  en: {
    samples: (name: string, step: string): string => `Grid of generated pictures of ${name} at step ${step}`,
    none: 'No pictures yet'
  },
  pl: {
    samples: (name, step) => `Siatka wygenerowanych obrazów: ${name}, krok ${step}`,
    none: 'Nie ma jeszcze obrazów'
  }
})

/** Of what is wrong with networks. */
export const problemText = translated({
  en: {
    error: 'Error',
    warning: 'Warning',
    misfit: (expected: string, actual: string): string => `Expected ${expected}, got ${actual}.`
  },
  pl: {
    error: 'Błąd',
    warning: 'Ostrzeżenie',
    misfit: (expected, actual) => `Oczekiwane: ${expected}; jest: ${actual}.`
  }
})

export const renameText = translated({
  en: { label: 'Name', save: 'Rename', cancel: 'Cancel', close: 'Close' },
  pl: { label: 'Nazwa', save: 'Zmień nazwę', cancel: 'Anuluj', close: 'Zamknij' }
})
