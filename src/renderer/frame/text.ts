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

export const frameText = translated({
  en: {
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
    } as Readonly<Record<RunState, string>>,
    further: 'Train further…',
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
  },
  pl: {
    views: 'Widoki',
    chooseRun: 'Wybierz przebieg',
    noRun: 'Brak przebiegów',
    step: (step, total) => `krok ${step} / ${total}`,
    left: (span) => `jeszcze ${span}`,
    preparing: 'przygotowanie',
    importing: (done, total) => `wczytywanie obrazów ${done} / ${total}`,
    stopping: 'zapisuje i kończy',
    stuck: (span) => `Brak odpowiedzi od ${span}`,
    queued: (place) => `czeka, miejsce ${place}`,
    pause: 'Wstrzymaj',
    stop: 'Zatrzymaj',
    leaveQueue: 'Usuń z kolejki',
    kill: 'Zakończ natychmiast',
    start: {
      queued: '',
      running: '',
      paused: 'Wznów',
      stopped: 'Kontynuuj',
      done: '',
      failed: 'Spróbuj ponownie',
      crashed: 'Kontynuuj od ostatniego punktu kontrolnego'
    },
    further: 'Trenuj dalej…',
    toLight: 'Jasny motyw',
    toDark: 'Ciemny motyw',
    openLog: 'Otwórz dziennik',
    noEngine: 'Żaden silnik nie pracuje',
    engine: (name) => `silnik: ${name}`,
    memory: (size) => `${size} pamięci`,
    compiled: (span) => `krok skompilowany w ${span}`,
    closed: 'Kwiat już nie działa. Uruchom go ponownie i odśwież tę stronę.',
    reload: 'Odśwież',
    notices: 'Komunikaty',
    close: 'Zamknij'
  }
})

export const logText = translated({
  en: {
    title: 'Log',
    description: 'What Kwiat did, newest last.',
    close: 'Close the log',
    empty: 'Nothing was logged yet.',
    lines: 'Lines of the log',
    copy: 'Copy'
  },
  pl: {
    title: 'Dziennik',
    description: 'Co robił Kwiat; najnowsze wpisy na końcu.',
    close: 'Zamknij dziennik',
    empty: 'Dziennik jest pusty.',
    lines: 'Wpisy dziennika',
    copy: 'Kopiuj'
  }
})

export const furtherText = translated({
  en: {
    title: (name: string): string => `Train ${name} further`,
    description: (done: string): string =>
      `It has ${done} steps behind it and goes on exactly where it stopped, with all its settings.`,
    steps: 'Steps to reach',
    tooFew: (done: string): string => `More than the ${done} steps that it has.`,
    cancel: 'Cancel',
    start: 'Train further',
    close: 'Close'
  },
  pl: {
    title: (name) => `Dalszy trening: ${name}`,
    description: (done) =>
      `Przebieg ma za sobą ${done} kroków i ruszy dokładnie tam, gdzie skończył, z tymi samymi ustawieniami.`,
    steps: 'Docelowa liczba kroków',
    tooFew: (done) => `Więcej niż ${done} kroków, które już ma.`,
    cancel: 'Anuluj',
    start: 'Trenuj dalej',
    close: 'Zamknij'
  }
})

export const queueText = translated({
  en: {
    open: (count: number): string => (count === 1 ? '1 run waits' : `${count} runs wait`),
    title: 'Queue',
    description: 'One run trains at a time; these follow, the first one next.',
    up: (name: string): string => `Move ${name} up`,
    down: (name: string): string => `Move ${name} down`,
    remove: (name: string): string => `Take ${name} out of the queue`,
    empty: 'No run waits.',
    close: 'Close'
  },
  pl: {
    open: (count) => `W kolejce: ${count}`,
    title: 'Kolejka',
    description: 'Trenuje zawsze jeden przebieg; te czekają na swoją kolej, pierwszy jest następny.',
    up: (name) => `Przesuń wyżej: ${name}`,
    down: (name) => `Przesuń niżej: ${name}`,
    remove: (name) => `Usuń z kolejki: ${name}`,
    empty: 'Żaden przebieg nie czeka.',
    close: 'Zamknij'
  }
})
