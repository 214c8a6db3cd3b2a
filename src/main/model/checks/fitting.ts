import type { Meaning } from './check'

// What is found while the shapes are followed through a network (`examination.ts`, `wiring.ts`).

export const layerNameTaken: Meaning = {
  title: { en: 'two layers of one name', pl: 'dwie warstwy o tej samej nazwie' },
  why: {
    en: 'Layers are read and saved by their names, so no two of a network may share one.',
    pl: 'Warstwy czyta się i zapisuje po nazwach, więc w jednej sieci nie mogą się powtarzać.'
  }
}

export const layerInputUnknown: Meaning = {
  title: { en: 'a layer that reads what is not there', pl: 'warstwa czytająca coś, czego nie ma' },
  why: {
    en: 'A layer can read only the network’s input and the layers before it.',
    pl: 'Warstwa może czytać tylko wejście sieci i warstwy, które stoją przed nią.'
  }
}

export const layerUnread: Meaning = {
  title: { en: 'a layer whose output nobody reads', pl: 'warstwa, której wyjścia nikt nie czyta' },
  why: {
    en: 'What no later layer reads has no part in the result: it would cost time and never learn.',
    pl: 'Czego nie czyta żadna późniejsza warstwa, to nie wpływa na wynik: kosztuje czas i nigdy się nie uczy.'
  }
}

export const layerInputsUnfit: Meaning = {
  title: { en: 'a layer that can’t take its inputs', pl: 'warstwa, która nie może przyjąć swoich wejść' },
  why: {
    en: 'Each layer takes inputs of certain shapes only; the layer before it gives another one.',
    pl: 'Każda warstwa przyjmuje tylko wejścia o określonych kształtach, a poprzednia daje inny.'
  }
}

export const kernelLargerThanInput: Meaning = {
  title: { en: 'maps smaller than the window that slides over them', pl: 'mapy mniejsze niż przesuwane po nich okno' },
  why: {
    en: 'Without padding a window must lie wholly on the map; each strided layer before it makes the map smaller.',
    pl: 'Bez dopełnienia okno musi w całości leżeć na mapie, a każda warstwa z krokiem przed nią mapę zmniejsza.'
  }
}
