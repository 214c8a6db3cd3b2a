import { app } from 'electron'
import type { InEveryLanguage, Language } from '../../../shared/language'

const english = {
  file: '&File',
  newRun: 'New Run',
  openPictures: 'Open Pictures…',
  settings: 'Settings',
  quit: 'Quit',
  close: 'Close Window',
  edit: '&Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  training: '&Training',
  pause: 'Pause',
  stop: 'Stop',
  log: 'Log',
  view: '&View',
  reload: 'Reload',
  developerTools: 'Developer Tools',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  choose: {
    folder: 'A folder of pictures',
    file: 'An archive or a data set of pictures',
    storage: 'A folder for runs and pictures'
  },
  pictureFiles: 'Zip, tar, CIFAR and idx files',
  allFiles: 'All files',
  isTraining: 'A run is training.',
  savesFirst: 'Kwiat saves a checkpoint after the step in progress and then quits. You can go on with the run later.',
  saveAndQuit: 'Save and quit',
  keepTraining: 'Keep training'
}

const texts: InEveryLanguage<typeof english> = {
  en: english,
  pl: {
    file: '&Plik',
    newRun: 'Nowy przebieg',
    openPictures: 'Otwórz obrazy…',
    settings: 'Ustawienia',
    quit: 'Zakończ',
    close: 'Zamknij okno',
    edit: '&Edycja',
    undo: 'Cofnij',
    redo: 'Ponów',
    cut: 'Wytnij',
    copy: 'Kopiuj',
    paste: 'Wklej',
    selectAll: 'Zaznacz wszystko',
    training: '&Trening',
    pause: 'Wstrzymaj',
    stop: 'Zatrzymaj',
    log: 'Dziennik',
    view: '&Widok',
    reload: 'Odśwież',
    developerTools: 'Narzędzia programisty',
    actualSize: 'Rzeczywisty rozmiar',
    zoomIn: 'Powiększ',
    zoomOut: 'Pomniejsz',
    fullScreen: 'Pełny ekran',
    choose: {
      folder: 'Folder z obrazami',
      file: 'Archiwum lub zbiór obrazów',
      storage: 'Folder na przebiegi i obrazy'
    },
    pictureFiles: 'Pliki zip, tar, CIFAR i idx',
    allFiles: 'Wszystkie pliki',
    isTraining: 'Trwa trening.',
    savesFirst:
      'Kwiat dokończy bieżący krok, zapisze punkt kontrolny i wtedy się zamknie. Przebieg można kontynuować później.',
    saveAndQuit: 'Zapisz i zakończ',
    keepTraining: 'Trenuj dalej'
  }
}

let chosen: Language | null = null

/** Has menus and dialogs speak this language from the next one on; null that of the system. */
export function speakAs(language: Language | null): void {
  chosen = language
}

/** The words of menus and dialogs. */
export const hostText = (): typeof english => texts[chosen ?? (app.getLocale().startsWith('pl') ? 'pl' : 'en')]
