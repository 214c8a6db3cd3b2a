import type { RunOrder } from '../../state/runs.svelte'
import { translated } from '../../text/translated.svelte'

export const runsText = translated({
  en: {
    title: 'Runs',
    newRun: 'New run',
    search: 'Search runs',
    orderLabel: 'Order',
    orders: {
      newest: 'Newest first',
      name: 'By name',
      progress: 'Most progress',
      state: 'By state'
    } as Readonly<Record<RunOrder, string>>,
    loading: 'Loading the runs…',
    nothingFound: (search: string): string => `No run fits “${search}”.`,
    clearSearch: 'Clear the search',
    close: 'Close'
  },
  pl: {
    title: 'Przebiegi',
    newRun: 'Nowy przebieg',
    search: 'Szukaj przebiegów',
    orderLabel: 'Kolejność',
    orders: { newest: 'Od najnowszych', name: 'Według nazwy', progress: 'Najdalej posunięte', state: 'Według stanu' },
    loading: 'Wczytywanie przebiegów…',
    nothingFound: (search) => `Żaden przebieg nie pasuje do „${search}”.`,
    clearSearch: 'Wyczyść wyszukiwanie',
    close: 'Zamknij'
  }
})

export const emptyRunsText = translated({
  en: {
    title: 'Train your first flowers',
    text: 'Flowers are built in: nothing to download, a first picture after a few seconds, blossoms after some minutes.',
    action: 'Train your first flowers',
    other: 'Use my own pictures'
  },
  pl: {
    title: 'Wytrenuj pierwsze kwiaty',
    text: 'Kwiaty są wbudowane: niczego nie trzeba pobierać, pierwszy obraz pojawi się po kilku sekundach, a kwiaty rozkwitną po kilku minutach.',
    action: 'Wytrenuj pierwsze kwiaty',
    other: 'Użyj własnych obrazów'
  }
})

export const runCardText = translated({
  en: {
    open: (name: string): string => `Open ${name}`,
    data: 'Data',
    preset: 'Preset',
    steps: 'Steps',
    score: 'Best score',
    changed: 'Changed',
    more: (name: string): string => `More about ${name}`,
    rename: 'Rename…',
    duplicate: 'Duplicate settings',
    further: 'Train further…',
    delete: 'Delete…'
  },
  pl: {
    open: (name) => `Otwórz ${name}`,
    data: 'Dane',
    preset: 'Preset',
    steps: 'Kroki',
    score: 'Najlepszy wynik',
    changed: 'Zmieniono',
    more: (name) => `Więcej: ${name}`,
    rename: 'Zmień nazwę…',
    duplicate: 'Powiel ustawienia',
    further: 'Trenuj dalej…',
    delete: 'Usuń…'
  }
})

export const renameText = translated({
  en: { title: 'Rename the run' },
  pl: { title: 'Zmiana nazwy przebiegu' }
})

export const deleteText = translated({
  en: {
    title: (name: string): string => `Delete ${name}?`,
    text: (steps: string): string =>
      `Its ${steps} steps of training, its samples and all its checkpoints go to the studio’s trash.`,
    running: 'Stop it first: a run in training can’t be deleted.',
    confirm: 'Delete',
    cancel: 'Keep it',
    done: (name: string): string => `${name}: deleted.`,
    undo: 'Undo'
  },
  pl: {
    title: (name) => `Usunąć ${name}?`,
    text: (steps) =>
      `Liczba kroków treningu: ${steps}. Wraz z próbkami i wszystkimi punktami kontrolnymi trafią do kosza studia.`,
    running: 'Najpierw go zatrzymaj: przebiegu w trakcie treningu nie można usunąć.',
    confirm: 'Usuń',
    cancel: 'Zachowaj',
    done: (name) => `${name}: usunięto.`,
    undo: 'Cofnij'
  }
})

export const newRunText = translated({
  en: {
    title: 'New run',
    description: 'Choose pictures and a preset, then start. Everything else has a good value already.',
    data: 'Pictures',
    flowers: 'Flowers',
    flowersNote: 'built in, drawn as they are needed',
    pictures: (count: string): string => `${count} pictures`,
    otherData: 'Other pictures…',
    otherDataNote: 'a folder, a zip, CIFAR-10, idx',
    preset: 'Preset',
    presetNotes: {
      'flowers-32': 'Small and quick: made for the flowers.',
      'dcgan-32': 'The classic DCGAN, in small.',
      'dcgan-64': 'The classic DCGAN at 64 pixels; slower.',
      'chollet-32': 'The GAN of Chollet’s book; large and slow.'
    } as Readonly<Record<string, string>>,
    facts: (size: number, colour: boolean, steps: string, batch: number): string =>
      `${size} × ${size} ${colour ? 'colour' : 'grey'} · ${steps} steps · ${batch} a batch`,
    name: 'Name',
    settings: 'All settings…',
    start: 'Start',
    close: 'Close'
  },
  pl: {
    title: 'Nowy przebieg',
    description: 'Wybierz obrazy i preset, potem zacznij. Cała reszta ma już dobre wartości.',
    data: 'Obrazy',
    flowers: 'Kwiaty',
    flowersNote: 'wbudowane, rysowane na bieżąco',
    pictures: (count) => `obrazy: ${count}`,
    otherData: 'Inne obrazy…',
    otherDataNote: 'folder, zip, CIFAR-10, idx',
    preset: 'Preset',
    presetNotes: {
      'flowers-32': 'Mały i szybki: stworzony dla kwiatów.',
      'dcgan-32': 'Klasyczny DCGAN w małym formacie.',
      'dcgan-64': 'Klasyczny DCGAN w 64 pikselach; wolniejszy.',
      'chollet-32': 'GAN z książki Cholleta; duży i powolny.'
    },
    facts: (size, colour, steps, batch) =>
      `${size} × ${size}, ${colour ? 'kolor' : 'szarość'} · kroki: ${steps} · wsad: ${batch}`,
    name: 'Nazwa',
    settings: 'Wszystkie ustawienia…',
    start: 'Zacznij',
    close: 'Zamknij'
  }
})
