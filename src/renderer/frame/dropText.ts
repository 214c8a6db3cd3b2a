import { translated } from '../text/translated.svelte'

export const dropText = translated({
  en: {
    here: 'Drop pictures, a run or a checkpoint',
    noPath: 'A browser does not tell where a dropped file lies. Type its path instead.'
  },
  pl: {
    here: 'Upuść obrazy, przebieg albo punkt kontrolny',
    noPath: 'Przeglądarka nie zdradza, gdzie leży upuszczony plik. Wpisz jego ścieżkę.'
  }
})
