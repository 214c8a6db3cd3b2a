import type { ExploredModel } from '../../../shared/contract/explore'
import type { Interpolation } from '../../../shared/latent/interpolate'
import type { Easing } from '../../../shared/latent/path'
import type { DirectionKind } from '../../state/explore/directions.svelte'
import type { ExploreMode } from '../../state/explore/exploreState.svelte'
import type { exportKinds } from '../../state/explore/exportLatents'
import type { Distance } from '../../state/explore/neighbours.svelte'
import { translated } from '../../text/translated.svelte'

export const exploreText = translated({
  en: {
    title: 'Explore',
    none: 'Select or start a run: its generator can be explored from its first checkpoint on.',
    noCheckpoint: 'This run has no checkpoint yet. Its pictures will show up here as soon as the first one is saved.',
    reading: 'Reading the checkpoints…',
    checkpoint: 'Checkpoint',
    weights: 'Weights',
    weightNames: { ema: 'EMA', raw: 'Raw' } satisfies Record<ExploredModel['weights'], string>,
    newest: (step: string): string => `Newest (step ${step})`,
    inTraining: (step: string): string => `In training (step ${step})`,
    step: (step: string): string => `Step ${step}`,
    told: (name: string, step: string, weights: string, size: string, latentSize: string): string =>
      `${name} at step ${step}, ${weights} · ${size} × ${size} px · ${latentSize} numbers in a latent`,
    weightsTold: { ema: 'averaged weights', raw: 'newest weights' } satisfies Record<ExploredModel['weights'], string>,
    follows: 'follows the training',
    gone: 'Is it gone? Look again which checkpoints there are.',
    refresh: 'Look again',
    retry: 'Try again',
    modes: {
      wall: 'Wall',
      path: 'Path',
      plane: 'Plane',
      directions: 'Directions',
      mix: 'Mix',
      project: 'Project'
    } satisfies Record<ExploreMode, string>,
    picture: (name: string): string => `Picture ${name}`,
    pick: 'Pick',
    keep: 'Keep'
  },
  pl: {
    title: 'Eksploracja',
    none: 'Wybierz albo rozpocznij przebieg: jego generator można zwiedzać od pierwszego punktu kontrolnego.',
    noCheckpoint:
      'Ten przebieg nie ma jeszcze punktu kontrolnego. Obrazy pojawią się tu, gdy tylko zapisze się pierwszy.',
    reading: 'Czytam punkty kontrolne…',
    checkpoint: 'Punkt kontrolny',
    weights: 'Wagi',
    weightNames: { ema: 'EMA', raw: 'Surowe' },
    newest: (step) => `Najnowszy (krok ${step})`,
    inTraining: (step) => `W treningu (krok ${step})`,
    step: (step) => `Krok ${step}`,
    told: (name, step, weights, size, latentSize) =>
      `${name}, krok ${step}, ${weights} · ${size} × ${size} px · liczb w wektorze ukrytym: ${latentSize}`,
    weightsTold: { ema: 'wagi uśrednione', raw: 'wagi najnowsze' },
    follows: 'idzie za treningiem',
    gone: 'Zniknął? Sprawdź jeszcze raz, jakie są punkty kontrolne.',
    refresh: 'Sprawdź ponownie',
    retry: 'Spróbuj ponownie',
    modes: {
      wall: 'Ściana',
      path: 'Ścieżka',
      plane: 'Płaszczyzna',
      directions: 'Kierunki',
      mix: 'Mieszanie',
      project: 'Rzutowanie'
    },
    picture: (name) => `Obraz ${name}`,
    pick: 'Wybierz',
    keep: 'Zachowaj'
  }
})

export const wallText = translated({
  en: {
    seed: 'Seed',
    newSeed: 'New seed',
    psi: 'Truncation ψ',
    psiMeaning: 'Below 1: typical pictures, less variety. 0: the mean picture.',
    count: 'Pictures',
    zoom: 'Enlargement',
    wall: (count: string, seed: string): string => `Wall of ${count} pictures of seed ${seed}`,
    drawing: 'drawing…',
    keep: 'Keep as favourite',
    kept: 'kept',
    large: (name: string): string => `Picture ${name}, enlarged`,
    close: 'Close',
    hint: 'Click picks · F keeps · double click or Enter enlarges'
  },
  pl: {
    seed: 'Ziarno',
    newSeed: 'Nowe ziarno',
    psi: 'Przycięcie ψ',
    psiMeaning: 'Poniżej 1: obrazy typowe, mniej różnorodne. 0: obraz średni.',
    count: 'Obrazów',
    zoom: 'Powiększenie',
    wall: (count, seed) => `Ściana obrazów z ziarna ${seed}, razem ${count}`,
    drawing: 'rysuję…',
    keep: 'Zachowaj jako ulubiony',
    kept: 'zachowany',
    large: (name) => `Obraz ${name}, powiększony`,
    close: 'Zamknij',
    hint: 'Kliknięcie wybiera · F zachowuje · dwuklik lub Enter powiększa'
  }
})

export const exportText = translated({
  en: {
    export: 'Export',
    kinds: { sheet: 'Contact sheet (PNG)', json: 'Latents (JSON)', npy: 'Latents (.npy)' } satisfies Record<
      (typeof exportKinds)[number],
      string
    >
  },
  pl: {
    export: 'Eksport',
    kinds: { sheet: 'Stykówka (PNG)', json: 'Wektory ukryte (JSON)', npy: 'Wektory ukryte (.npy)' }
  }
})

export const slotText = translated({
  en: {
    choose: (slot: string, name: string): string => `${slot}: ${name}. Choose another`,
    empty: (slot: string): string => `${slot}: empty. Choose`,
    picked: 'The picked picture',
    random: 'A random one',
    favourites: 'Favourites',
    left: 'Move to the left',
    right: 'Move to the right',
    remove: 'Remove'
  },
  pl: {
    choose: (slot, name) => `${slot}: ${name}. Wybierz inny`,
    empty: (slot) => `${slot}: puste. Wybierz`,
    picked: 'Wybrany obraz',
    random: 'Losowy',
    favourites: 'Ulubione',
    left: 'Przesuń w lewo',
    right: 'Przesuń w prawo',
    remove: 'Usuń'
  }
})

export const pathText = translated({
  en: {
    keyframes: 'Keyframes',
    keyframe: (place: number): string => `Keyframe ${place}`,
    add: 'Add the picked picture',
    addRandom: 'Add a random one',
    shuffle: 'New keyframes',
    play: 'Play',
    pause: 'Pause',
    position: 'Place on the path',
    at: (percent: string): string => `${percent} % of the path`,
    way: 'Between keyframes',
    ways: { slerp: 'Spherical', lerp: 'Linear' } satisfies Record<Interpolation, string>,
    easing: 'Pace',
    easings: { constant: 'Constant', eased: 'Eased' } satisfies Record<Easing, string>,
    loop: 'Loop',
    each: 'Seconds each',
    rate: (rate: string): string => `${rate} frames/s`,
    film: 'Export as film…',
    frame: 'Picture at this place of the path',
    few: 'A path needs two keyframes: pick pictures on the wall, or drag favourites here.'
  },
  pl: {
    keyframes: 'Klatki kluczowe',
    keyframe: (place) => `Klatka kluczowa ${place}`,
    add: 'Dodaj wybrany obraz',
    addRandom: 'Dodaj losowy',
    shuffle: 'Nowe klatki',
    play: 'Odtwarzaj',
    pause: 'Wstrzymaj',
    position: 'Miejsce na ścieżce',
    at: (percent) => `${percent} % ścieżki`,
    way: 'Między klatkami',
    ways: { slerp: 'Po sferze', lerp: 'Po prostej' },
    easing: 'Tempo',
    easings: { constant: 'Stałe', eased: 'Płynne' },
    loop: 'Pętla',
    each: 'Sekund na odcinek',
    rate: (rate) => `${rate} klatek/s`,
    film: 'Eksportuj film…',
    frame: 'Obraz w tym miejscu ścieżki',
    few: 'Ścieżka potrzebuje dwóch klatek kluczowych: wybierz obrazy na ścianie albo przeciągnij tu ulubione.'
  }
})

export const planeText = translated({
  en: {
    corners: ['Top left', 'Top right', 'Bottom left', 'Bottom right'] as readonly string[],
    pad: 'Point on the plane',
    kind: 'two-dimensional slider',
    at: (x: string, y: string): string => `${x} % from the left, ${y} % from the top`,
    point: 'Picture at the point',
    sheet: 'Around the point',
    sheetPicture: (row: number, column: number): string => `Row ${row}, column ${column} around the point`,
    step: 'Distance',
    shuffle: 'New corners',
    hint: 'Drag, or use the arrow keys; Shift goes further.'
  },
  pl: {
    corners: ['Lewy górny róg', 'Prawy górny róg', 'Lewy dolny róg', 'Prawy dolny róg'],
    pad: 'Punkt na płaszczyźnie',
    kind: 'suwak dwuwymiarowy',
    at: (x, y) => `${x} % od lewej, ${y} % od góry`,
    point: 'Obraz w tym punkcie',
    sheet: 'Wokół punktu',
    sheetPicture: (row, column) => `Wiersz ${row}, kolumna ${column} wokół punktu`,
    step: 'Odstęp',
    shuffle: 'Nowe rogi',
    hint: 'Przeciągaj albo użyj strzałek; z klawiszem Shift dalej.'
  }
})

export const mixText = translated({
  en: {
    title: 'A − B + C',
    meaning: 'What A has and B lacks is carried over to C. The result keeps the norm that latents usually have.',
    result: 'A − B + C',
    resultPicture: 'Picture of A − B + C',
    swap: (a: string, b: string): string => `Exchange ${a} and ${b}`,
    shuffle: 'New pictures'
  },
  pl: {
    title: 'A − B + C',
    meaning: 'To, co ma A, a czego nie ma B, przechodzi na C. Wynik ma taką normę, jaką wektory ukryte mają zwykle.',
    result: 'A − B + C',
    resultPicture: 'Obraz A − B + C',
    swap: (a, b) => `Zamień ${a} i ${b}`,
    shuffle: 'Nowe obrazy'
  }
})

export const projectText = translated({
  en: {
    title: 'Find the latent of a picture',
    drop: 'Drop a picture here',
    choose: 'Choose a picture…',
    usePicked: 'Use the picked picture',
    target: 'Target',
    targetPicture: (name: string): string => `Target picture ${name}, as the network sees it`,
    present: 'Found',
    presentPicture: 'Picture of the best latent so far',
    neighbour: 'Nearest training picture',
    starts: 'Starts',
    startsMeaning: 'Latents that descend side by side.',
    steps: 'Steps',
    again: 'Search again',
    cancel: 'Stop',
    keep: 'Keep its latent',
    running: (step: string, steps: string): string => `Step ${step} of ${steps}`,
    left: (span: string): string => `${span} left`,
    psnr: 'PSNR',
    ssim: 'SSIM',
    decibel: (value: string): string => `${value} dB`,
    equal: 'equal',
    chart: (psnr: string, ssim: string, step: string): string =>
      `Convergence: PSNR ${psnr}, SSIM ${ssim} at step ${step}`,
    hint: 'The generator is asked for the latent whose picture comes nearest to yours. The picture never leaves this computer.'
  },
  pl: {
    title: 'Znajdź wektor ukryty obrazu',
    drop: 'Upuść tu obraz',
    choose: 'Wybierz obraz…',
    usePicked: 'Użyj wybranego obrazu',
    target: 'Cel',
    targetPicture: (name) => `Obraz docelowy ${name}, tak jak widzi go sieć`,
    present: 'Znaleziony',
    presentPicture: 'Obraz najlepszego dotąd wektora',
    neighbour: 'Najbliższy obraz treningowy',
    starts: 'Startów',
    startsMeaning: 'Tyle wektorów schodzi obok siebie.',
    steps: 'Kroków',
    again: 'Szukaj ponownie',
    cancel: 'Przerwij',
    keep: 'Zachowaj wektor',
    running: (step, steps) => `Krok ${step} z ${steps}`,
    left: (span) => `zostało ${span}`,
    psnr: 'PSNR',
    ssim: 'SSIM',
    decibel: (value) => `${value} dB`,
    equal: 'równe',
    chart: (psnr, ssim, step) => `Zbieżność: PSNR ${psnr}, SSIM ${ssim} w kroku ${step}`,
    hint: 'Szukany jest wektor ukryty, którego obraz najbardziej przypomina Twój. Obraz nie opuszcza tego komputera.'
  }
})

export const directionsText = translated({
  en: {
    kind: 'Directions',
    kinds: { 'first-layer': 'SeFa', features: 'PCA', saved: 'Saved' } satisfies Record<DirectionKind, string>,
    meanings: {
      'first-layer': 'Singular vectors of the first layer’s weight: what the generator answers to most.',
      features: 'Principal components of the first layer’s features of many latents.',
      saved: 'Directions that you named and kept.'
    } satisfies Record<DirectionKind, string>,
    base: 'From',
    result: 'Result',
    resultPicture: 'Picture moved along the directions',
    name: (place: number): string => `Direction ${place}`,
    nameOf: (place: number): string => `Name of direction ${place}`,
    amount: (name: string): string => `Amount of ${name}`,
    strip: (name: string, amount: string): string => `${name}, ${amount}`,
    save: 'Keep this direction',
    forget: 'Forget this direction',
    reset: 'Reset all',
    computing: 'Looking for directions…',
    noneSaved: 'None yet. Give a direction a name and keep it.',
    saved: (name: string): string => `${name} is kept.`,
    forgotten: (name: string): string => `${name}: removed`,
    undo: 'Undo',
    more: 'Strongest first; each slider goes from −4 to +4 standard deviations.'
  },
  pl: {
    kind: 'Kierunki',
    kinds: { 'first-layer': 'SeFa', features: 'PCA', saved: 'Zapisane' },
    meanings: {
      'first-layer': 'Wektory szczególne wag pierwszej warstwy: na nie generator reaguje najmocniej.',
      features: 'Składowe główne cech pierwszej warstwy dla wielu wektorów ukrytych.',
      saved: 'Kierunki, które nazwałeś i zachowałeś.'
    },
    base: 'Od',
    result: 'Wynik',
    resultPicture: 'Obraz przesunięty wzdłuż kierunków',
    name: (place) => `Kierunek ${place}`,
    nameOf: (place) => `Nazwa kierunku ${place}`,
    amount: (name) => `Ile: ${name}`,
    strip: (name, amount) => `${name}, ${amount}`,
    save: 'Zachowaj ten kierunek',
    forget: 'Usuń ten kierunek',
    reset: 'Wyzeruj wszystkie',
    computing: 'Szukam kierunków…',
    noneSaved: 'Jeszcze żadnych. Nazwij kierunek i zachowaj go.',
    saved: (name) => `Zachowano: ${name}.`,
    forgotten: (name) => `${name}: usunięto`,
    undo: 'Cofnij',
    more: 'Najmocniejsze najpierw; każdy suwak sięga od −4 do +4 odchyleń standardowych.'
  }
})

export const shelfText = translated({
  en: {
    title: 'Favourites',
    none: 'Nothing kept yet: press the star on a picture, or F.',
    open: (name: string): string => `Favourite ${name}`,
    more: (name: string): string => `More for ${name}`,
    rename: 'Rename…',
    remove: 'Remove',
    removed: (name: string): string => `${name}: removed`,
    undo: 'Undo',
    import: 'Import latents…',
    imported: (count: string): string => `${count} latents imported as favourites.`,
    renameTitle: 'Rename the favourite'
  },
  pl: {
    title: 'Ulubione',
    none: 'Nic tu jeszcze nie ma: naciśnij gwiazdkę przy obrazie albo F.',
    open: (name) => `Ulubiony ${name}`,
    more: (name) => `Więcej dla ${name}`,
    rename: 'Zmień nazwę…',
    remove: 'Usuń',
    removed: (name) => `${name}: usunięto`,
    undo: 'Cofnij',
    import: 'Wczytaj wektory…',
    imported: (count) => `Wczytano do ulubionych wektorów: ${count}.`,
    renameTitle: 'Zmień nazwę ulubionego'
  }
})

export const pickedText = translated({
  en: {
    title: 'Picked picture',
    none: 'Click a picture to pick it. It can then be kept, exported, compared with the training pictures, and used in every other mode.',
    from: (step: string, weights: string): string => `step ${step}, ${weights}`,
    keep: 'Keep',
    unkeep: 'Kept',
    png: 'PNG',
    json: 'Latent (JSON)',
    npy: 'Latent (.npy)',
    export: 'Export',
    project: 'Project',
    path: 'To the path',
    addedToPath: 'Added to the path.',
    neighbours: 'Nearest training pictures',
    neighboursMeaning: 'Is the model copying? A copy would look the same and stand at a distance near 0.',
    neighbour: (place: number, distance: string): string => `Nearest training picture ${place}, distance ${distance}`,
    distanceBy: 'Distance',
    distances: { pyramid: 'Pyramid', pixels: 'Pixels' } satisfies Record<Distance, string>,
    look: 'Compare',
    looking: 'Comparing with all training pictures…'
  },
  pl: {
    title: 'Wybrany obraz',
    none: 'Kliknij obraz, żeby go wybrać. Można go potem zachować, wyeksportować, porównać z treningowymi i użyć w każdym innym trybie.',
    from: (step, weights) => `krok ${step}, ${weights}`,
    keep: 'Zachowaj',
    unkeep: 'Zachowany',
    png: 'PNG',
    json: 'Wektor ukryty (JSON)',
    npy: 'Wektor ukryty (.npy)',
    export: 'Eksport',
    project: 'Rzutuj',
    path: 'Na ścieżkę',
    addedToPath: 'Dodano do ścieżki.',
    neighbours: 'Najbliższe obrazy treningowe',
    neighboursMeaning: 'Czy model kopiuje? Kopia wyglądałaby tak samo, a jej odległość byłaby bliska 0.',
    neighbour: (place, distance) => `Najbliższy obraz treningowy ${place}, odległość ${distance}`,
    distanceBy: 'Odległość',
    distances: { pyramid: 'Piramida', pixels: 'Piksele' },
    look: 'Porównaj',
    looking: 'Porównuję ze wszystkimi treningowymi…'
  }
})
