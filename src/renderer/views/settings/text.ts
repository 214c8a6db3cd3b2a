import { translated } from '../../text/translated.svelte'

export const settingsText = translated({
  en: {
    title: 'Settings',
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { dark: 'Dark', light: 'Light' },
    language: 'Language',
    languages: { en: 'English', pl: 'polski' },
    engines: 'Engines',
    examine: 'Test the engines',
    examining: 'Testing the engines…',
    notExamined: 'Each engine is tried with a small computation; this takes some seconds.',
    engineStates: { works: 'works', missing: 'not found', fails: 'fails' },
    computer: 'This computer',
    system: 'System',
    processor: 'Processor',
    memory: 'Memory',
    free: (total: string, free: string): string => `${total}, ${free} free`,
    versions: 'Versions'
  },
  pl: {
    title: 'Ustawienia',
    appearance: 'Wygląd',
    theme: 'Motyw',
    themes: { dark: 'Ciemny', light: 'Jasny' },
    language: 'Język',
    languages: { en: 'English', pl: 'polski' },
    engines: 'Silniki',
    examine: 'Przetestuj silniki',
    examining: 'Testowanie silników…',
    notExamined: 'Każdy silnik wykonuje próbne obliczenie; trwa to kilka sekund.',
    engineStates: { works: 'działa', missing: 'nie znaleziono', fails: 'zawodzi' },
    computer: 'Ten komputer',
    system: 'System',
    processor: 'Procesor',
    memory: 'Pamięć',
    free: (total, free) => `${total}, wolne ${free}`,
    versions: 'Wersje'
  }
})

export const trainingSettingsText = translated({
  en: {
    title: 'Training',
    restart: 'Go on by itself after a crash',
    restartNote: 'When the training process breaks down, it starts again from the newest checkpoint.',
    preset: 'Preset of new runs',
    threads: 'Threads',
    threadsNote: 'For new runs. Fewer leave the computer to other programs; a run keeps its number for good.',
    automatic: 'One a core'
  },
  pl: {
    title: 'Trening',
    restart: 'Po awarii trenuj dalej bez pytania',
    restartNote: 'Gdy proces treningu się załamie, rusza ponownie od najnowszego punktu kontrolnego.',
    preset: 'Preset nowych przebiegów',
    threads: 'Wątki',
    threadsNote: 'Dla nowych przebiegów. Mniej wątków to więcej komputera dla innych; przebieg zachowuje swoją liczbę.',
    automatic: 'Jeden na rdzeń'
  }
})

export const storageText = translated({
  en: {
    title: 'Storage',
    folder: 'Folder of runs and pictures',
    change: 'Change…',
    changeNote: 'New runs and imports go there; earlier runs stay where they are and remain listed.',
    path: 'Path of a folder',
    apply: 'Use this folder',
    free: 'Free space',
    pictures: 'Imported pictures',
    picturesNote: 'Kept so that they need not be read again; each import can be made anew from its source.',
    clear: 'Clear',
    cleared: 'Imported pictures were removed.',
    changed: (folder: string): string => `New runs go to ${folder}.`
  },
  pl: {
    title: 'Miejsce na dane',
    folder: 'Folder przebiegów i obrazów',
    change: 'Zmień…',
    changeNote: 'Trafią tam nowe przebiegi i obrazy; wcześniejsze przebiegi zostają na miejscu i na liście.',
    path: 'Ścieżka folderu',
    apply: 'Użyj tego folderu',
    free: 'Wolne miejsce',
    pictures: 'Zaimportowane obrazy',
    picturesNote: 'Przechowywane, by nie czytać ich ponownie; każdy import można odtworzyć ze źródła.',
    clear: 'Wyczyść',
    cleared: 'Usunięto zaimportowane obrazy.',
    changed: (folder) => `Nowe przebiegi trafią do ${folder}.`
  }
})
