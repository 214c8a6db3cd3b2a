import type { DataConfiguration } from '../../../shared/config/runConfiguration'
import type { DataTab } from '../../state/dataImport.svelte'
import { translated } from '../../text/translated.svelte'

export const dataText = translated({
  en: {
    title: 'Data',
    sources: 'Where the pictures come from',
    tabs: {
      flowers: 'Flowers',
      folder: 'Folder',
      zip: 'Zip',
      cifar: 'CIFAR-10',
      idx: 'Fashion-MNIST / idx'
    } as Readonly<Record<DataTab, string>>,
    notes: {
      flowers: 'Built-in flowers, drawn by the studio itself: nothing to download, each seed its own meadow.',
      folder: 'A folder of pictures: jpeg, png, webp, gif, tiff or bmp. Sub-folders are classes.',
      zip: 'A zip with pictures. Folders in it are classes.',
      cifar: 'CIFAR-10 or CIFAR-100 in their binary version: the .tar.gz as downloaded, a .bin file, or their folder.',
      idx: 'MNIST, Fashion-MNIST and their like: the folder with the idx files, packed (.gz) or not.'
    } as Readonly<Record<DataTab, string>>,
    choose: 'Choose…',
    path: 'Path',
    pathHint: {
      folder: 'path of a folder',
      zip: 'path of a zip file',
      cifar: 'path of a .tar.gz, a .bin file or a folder',
      idx: 'path of a folder with idx files'
    } as Readonly<Record<Exclude<DataTab, 'flowers'>, string>>,
    open: 'Open',
    drop: 'or drop it anywhere on this page',
    importing: (done: string, total: string): string => `Reading pictures: ${done} of ${total}`,
    left: (span: string): string => `${span} left`,
    refusedSoFar: (count: string): string => `${count} refused`,
    cancel: 'Cancel',
    preview: 'What the network will see',
    previewOf: (name: string): string => `Grid of pictures of ${name} after crop and size`,
    nothing: 'Choose pictures: what the network will see of them is shown here.',
    options: 'How they are used',
    size: 'Size',
    sizes: (side: number): string => `${side} × ${side}`,
    crop: 'Crop',
    crops: { centre: 'Cut at the centre', pad: 'Padded with black', stretch: 'Stretched' } as Readonly<
      Record<DataConfiguration['crop'], string>
    >,
    colour: 'Colour',
    colours: { '3': 'Colour', '1': 'Grey' } as Readonly<Record<'1' | '3', string>>,
    flip: 'Show each picture mirrored half of the time',
    classes: 'Classes',
    classesNote: 'None chosen means all.',
    facts: 'What it holds',
    count: 'Pictures',
    means: 'Channel means',
    meansNote: 'from −1, black, to 1',
    channels: { 1: ['grey'], 3: ['red', 'green', 'blue'] } as Readonly<Record<1 | 3, readonly string[]>>,
    smallest: 'Smallest original',
    largest: 'Largest original',
    pixels: (width: string, height: string): string => `${width} × ${height}`,
    otherFiles: 'Files that are no pictures',
    refused: (count: string): string => `Refused files (${count})`,
    refusedMore: (count: string): string => `and ${count} more`,
    train: 'Train on these'
  },
  pl: {
    title: 'Dane',
    sources: 'Skąd pochodzą obrazy',
    tabs: { flowers: 'Kwiaty', folder: 'Folder', zip: 'Zip', cifar: 'CIFAR-10', idx: 'Fashion-MNIST / idx' },
    notes: {
      flowers: 'Wbudowane kwiaty, rysowane przez samo studio: niczego nie trzeba pobierać, każde ziarno to inna łąka.',
      folder: 'Folder z obrazami: jpeg, png, webp, gif, tiff lub bmp. Podfoldery to klasy.',
      zip: 'Zip z obrazami. Foldery w środku to klasy.',
      cifar: 'CIFAR-10 lub CIFAR-100 w wersji binarnej: pobrany .tar.gz, plik .bin albo ich folder.',
      idx: 'MNIST, Fashion-MNIST i podobne: folder z plikami idx, spakowanymi (.gz) lub nie.'
    },
    choose: 'Wybierz…',
    path: 'Ścieżka',
    pathHint: {
      folder: 'ścieżka folderu',
      zip: 'ścieżka pliku zip',
      cifar: 'ścieżka pliku .tar.gz, .bin albo folderu',
      idx: 'ścieżka folderu z plikami idx'
    },
    open: 'Otwórz',
    drop: 'albo upuść w dowolnym miejscu tej strony',
    importing: (done, total) => `Wczytywanie obrazów: ${done} z ${total}`,
    left: (span) => `jeszcze ${span}`,
    refusedSoFar: (count) => `odrzucone: ${count}`,
    cancel: 'Anuluj',
    preview: 'Co zobaczy sieć',
    previewOf: (name) => `Siatka obrazów po przycięciu i skalowaniu: ${name}`,
    nothing: 'Wybierz obrazy, a zobaczysz tu to, co zobaczy sieć.',
    options: 'Jak zostaną użyte',
    size: 'Rozmiar',
    sizes: (side) => `${side} × ${side}`,
    crop: 'Kadrowanie',
    crops: { centre: 'Wycięcie środka', pad: 'Czarne pasy', stretch: 'Rozciągnięcie' },
    colour: 'Kolor',
    colours: { '3': 'Kolor', '1': 'Szarość' },
    flip: 'Co drugi raz pokazuj odbicie lustrzane',
    classes: 'Klasy',
    classesNote: 'Żadna wybrana oznacza wszystkie.',
    facts: 'Zawartość',
    count: 'Obrazy',
    means: 'Średnia kanału',
    meansNote: 'od −1 (czerń) do 1',
    channels: { 1: ['szarość'], 3: ['czerwony', 'zielony', 'niebieski'] },
    smallest: 'Najmniejszy oryginał',
    largest: 'Największy oryginał',
    pixels: (width, height) => `${width} × ${height}`,
    otherFiles: 'Pliki, które nie są obrazami',
    refused: (count) => `Odrzucone pliki (${count})`,
    refusedMore: (count) => `i jeszcze ${count}`,
    train: 'Trenuj na nich'
  }
})
