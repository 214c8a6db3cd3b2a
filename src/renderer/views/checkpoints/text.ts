import type { KeepReason } from '../../../shared/checkpoints/retention'
import type { ScoreId } from '../../../shared/checkpoints/scores'
import type { ExportProgress } from '../../../shared/contract/exports'
import type { ComparisonMode } from '../../state/checkpoints/comparison.svelte'
import type { ExportKind } from '../../state/checkpoints/modelExport.svelte'
import { polishPlural } from '../../text/polishPlural'
import { translated } from '../../text/translated.svelte'

const checkpointsOf = (count: number): string => `${count} ${count === 1 ? 'checkpoint' : 'checkpoints'}`
const punkty = (count: number): string =>
  `${count} ${polishPlural(count, 'punkt kontrolny', 'punkty kontrolne', 'punktów kontrolnych')}`

export const checkpointsText = translated({
  en: {
    title: 'Checkpoints',
    none: {
      title: 'No run is selected',
      text: 'Select or start a run: what it saved is shown here.',
      action: 'To the runs'
    },
    noneYet: {
      title: 'This run has no checkpoint yet',
      text: (every: string): string => `One is saved every ${every} iterations and when the run stops.`
    },
    loading: 'Looking for checkpoints…',
    verifyAll: 'Verify all',
    exportRun: 'Export…',
    importRun: 'Import a run…',
    compare: 'Compare',
    compareHint: 'Mark two checkpoints to compare them',
    edit: 'Change…',
    rule: 'Retention',
    ruleTrains: 'While the run trains, its rule stays as it is.',
    diskLow: (free: string): string =>
      `Only ${free} are left on the disk, less than three more checkpoints of this size. Delete some, empty the trash, or keep fewer.`,
    trash: (count: number, size: string): string => `Trash: ${checkpointsOf(count)}, ${size}; kept for a month`,
    restore: 'Put back',
    restored: 'Put back.',
    emptyTrash: 'Empty the trash',
    emptied: (size: string): string => `The trash is empty; ${size} are free again.`,
    branchOf: (name: string, step: string, changes: number): string =>
      `A branch of ${name} from step ${step}${changes === 0 ? '' : `, with ${changes === 1 ? 'one setting' : `${changes} settings`} changed`}.`,
    close: 'Close',
    cancel: 'Cancel'
  },
  pl: {
    title: 'Punkty kontrolne',
    none: {
      title: 'Nie wybrano przebiegu',
      text: 'Wybierz lub rozpocznij przebieg: tu widać, co zapisał.',
      action: 'Do przebiegów'
    },
    noneYet: {
      title: 'Ten przebieg nie ma jeszcze punktu kontrolnego',
      text: (every) => `Zapisuje go co ${every} iteracji i przy zatrzymaniu.`
    },
    loading: 'Szukam punktów kontrolnych…',
    verifyAll: 'Sprawdź wszystkie',
    exportRun: 'Eksportuj…',
    importRun: 'Importuj przebieg…',
    compare: 'Porównaj',
    compareHint: 'Zaznacz dwa punkty kontrolne, by je porównać',
    edit: 'Zmień…',
    rule: 'Co zostaje',
    ruleTrains: 'Podczas treningu ta reguła się nie zmienia.',
    diskLow: (free) =>
      `Na dysku zostało tylko ${free}: nie zmieszczą się już trzy takie punkty. Usuń niektóre, opróżnij kosz albo zachowuj mniej.`,
    trash: (count, size) => `Kosz: ${punkty(count)}, ${size}; trzymane przez miesiąc`,
    restore: 'Przywróć',
    restored: 'Przywrócono.',
    emptyTrash: 'Opróżnij kosz',
    emptied: (size) => `Kosz jest pusty; zwolniono ${size}.`,
    branchOf: (name, step, changes) =>
      `Odgałęzienie przebiegu ${name} od kroku ${step}${changes === 0 ? '' : ` (${changes} ${polishPlural(changes, 'zmienione ustawienie', 'zmienione ustawienia', 'zmienionych ustawień')})`}.`,
    close: 'Zamknij',
    cancel: 'Anuluj'
  }
})

export const cardText = translated({
  en: {
    label: (step: string): string => `Checkpoint of step ${step}`,
    step: (step: string): string => `Step ${step}`,
    newest: 'newest',
    pinned: 'pinned',
    bestBy: { swd: 'best by SWD', msssim: 'best by MS-SSIM' } as Readonly<Record<ScoreId, string>>,
    keptBy: {
      newest: 'among the newest',
      best: 'among the best',
      interval: 'one of an interval',
      pinned: 'pinned'
    } as Readonly<Record<KeepReason, string>>,
    kept: (reasons: string): string => `Kept: ${reasons}`,
    goesNext: 'Goes with the next save',
    picture: (step: string): string => `Pictures of the checkpoint of step ${step}`,
    kimg: (kimg: string): string => `${kimg} kimg`,
    swd: 'SWD ×10³',
    msssim: 'MS-SSIM',
    real: (value: string): string => `real ${value}`,
    size: 'Size',
    state: 'State',
    broken: 'Broken',
    verified: (when: string): string => `verified ${when}`,
    unverified: 'not verified yet',
    verifying: 'Verifying…',
    pin: 'Pin',
    unpin: 'Unpin',
    choose: (step: string): string => `Compare step ${step}`,
    more: (step: string): string => `More for step ${step}`,
    verify: 'Verify',
    startFrom: 'Continue from here…',
    branch: 'Branch a new run…',
    export: 'Export…',
    explore: 'Explore',
    reveal: 'Show in folder',
    delete: 'Delete',
    deleted: (step: string): string => `The checkpoint of step ${step} is in the trash.`,
    undo: 'Undo',
    found: { whole: (step: string): string => `Step ${step} is whole to the last byte.` }
  },
  pl: {
    label: (step) => `Punkt kontrolny kroku ${step}`,
    step: (step) => `Krok ${step}`,
    newest: 'najnowszy',
    pinned: 'przypięty',
    bestBy: { swd: 'najlepszy wg SWD', msssim: 'najlepszy wg MS-SSIM' },
    keptBy: {
      newest: 'jest wśród najnowszych',
      best: 'jest wśród najlepszych',
      interval: 'przypada na odstęp',
      pinned: 'jest przypięty'
    },
    kept: (reasons) => `Zostaje, bo ${reasons}`,
    goesNext: 'Zniknie przy następnym zapisie',
    picture: (step) => `Obrazy punktu kontrolnego kroku ${step}`,
    kimg: (kimg) => `${kimg} kimg`,
    swd: 'SWD ×10³',
    msssim: 'MS-SSIM',
    real: (value) => `prawdziwe ${value}`,
    size: 'Rozmiar',
    state: 'Stan',
    broken: 'Uszkodzony',
    verified: (when) => `sprawdzony ${when}`,
    unverified: 'jeszcze niesprawdzony',
    verifying: 'Sprawdzam…',
    pin: 'Przypnij',
    unpin: 'Odepnij',
    choose: (step) => `Porównaj krok ${step}`,
    more: (step) => `Więcej dla kroku ${step}`,
    verify: 'Sprawdź',
    startFrom: 'Kontynuuj stąd…',
    branch: 'Odgałęź nowy przebieg…',
    export: 'Eksportuj…',
    explore: 'Eksploruj',
    reveal: 'Pokaż w folderze',
    delete: 'Usuń',
    deleted: (step) => `Punkt kontrolny kroku ${step} jest w koszu.`,
    undo: 'Cofnij',
    found: { whole: (step) => `Krok ${step} jest cały, co do bajtu.` }
  }
})

export const compareText = translated({
  en: {
    title: (a: string, b: string): string => `Step ${a} and step ${b}`,
    same: 'The same latents, drawn by both.',
    mode: 'How to compare',
    modes: { side: 'Side by side', swipe: 'Swipe', difference: 'Difference' } as Readonly<
      Record<ComparisonMode, string>
    >,
    edge: 'Edge between the two',
    edgeValue: (percent: number, step: string): string => `${percent} % of step ${step}`,
    gain: 'Brightened',
    gainValue: (gain: number): string => `${gain} times`,
    mean: (percent: string): string => `They differ by ${percent} % of full brightness on average.`,
    differencePicture: 'Where the two differ: black is the same'
  },
  pl: {
    title: (a, b) => `Krok ${a} i krok ${b}`,
    same: 'Te same wektory latentne, narysowane przez oba.',
    mode: 'Sposób porównania',
    modes: { side: 'Obok siebie', swipe: 'Suwak', difference: 'Różnica' },
    edge: 'Granica między obrazami',
    edgeValue: (percent, step) => `${percent} % kroku ${step}`,
    gain: 'Rozjaśnienie',
    gainValue: (gain) => `${gain} razy`,
    mean: (percent) => `Różnią się średnio o ${percent} % pełnej jasności.`,
    differencePicture: 'Gdzie się różnią: czerń to to samo'
  }
})

export const startFromText = translated({
  en: {
    title: (step: string): string => `Continue from step ${step}`,
    nothing: 'Nothing comes after it: the run goes on as from its newest checkpoint.',
    lost: (count: number, samples: number, last: string, size: string): string =>
      `The run has reached step ${last}. What came after this checkpoint goes to the trash, from which it can be put back for a month: ${checkpointsOf(count)} and ${samples} sample ${samples === 1 ? 'grid' : 'grids'}, ${size}.`,
    steps: (steps: string): string => `Checkpoints of steps ${steps}`,
    branchInstead: 'To keep both ways, branch a new run instead.',
    trains: 'The run trains now. Pause it first.',
    confirm: 'Continue from here'
  },
  pl: {
    title: (step) => `Kontynuuj od kroku ${step}`,
    nothing: 'Nic po nim nie ma: przebieg ruszy jak od najnowszego punktu.',
    lost: (count, samples, last, size) =>
      `Przebieg doszedł do kroku ${last}. To, co powstało później, trafi do kosza, skąd przez miesiąc można to przywrócić: ${punkty(count)} i ${samples} ${polishPlural(samples, 'siatka próbek', 'siatki próbek', 'siatek próbek')}, ${size}.`,
    steps: (steps) => `Punkty kontrolne kroków ${steps}`,
    branchInstead: 'By zachować obie drogi, zamiast tego odgałęź nowy przebieg.',
    trains: 'Przebieg właśnie się uczy. Najpierw go wstrzymaj.',
    confirm: 'Kontynuuj stąd'
  }
})

export const ruleText = translated({
  en: {
    title: 'Which checkpoints are kept',
    newest: 'Newest',
    best: 'Best',
    by: 'Best by',
    scores: { swd: 'Sliced Wasserstein distance', msssim: 'MS-SSIM' } as Readonly<Record<ScoreId, string>>,
    interval: 'Every so many iterations (0 is off)',
    note: 'The newest, the best and what you pinned are never deleted. What a rule drops goes with the next save.',
    save: 'Save'
  },
  pl: {
    title: 'Które punkty kontrolne zostają',
    newest: 'Najnowsze',
    best: 'Najlepsze',
    by: 'Najlepsze według',
    scores: { swd: 'Odległość Wassersteina (SWD)', msssim: 'MS-SSIM' },
    interval: 'Co ile iteracji (0 wyłącza)',
    note: 'Najnowszy, najlepszy i przypięte nigdy nie są usuwane. Reszta znika przy następnym zapisie.',
    save: 'Zapisz'
  }
})

export const exportText = translated({
  en: {
    title: (step: string): string => `Export step ${step}`,
    kind: 'Format',
    kinds: {
      onnx: 'ONNX',
      keras: 'Keras',
      tfjs: 'TensorFlow.js',
      safetensors: 'safetensors',
      kwiat: 'Whole run'
    } as Readonly<Record<ExportKind, string>>,
    notes: {
      onnx: 'The generator as one file for onnxruntime and others: latents in, pictures out, any number at once.',
      keras: 'The generator as one .keras file, for Keras 3 in Python.',
      tfjs: 'The generator as model.json and weights.bin, for TensorFlow.js in a page.',
      safetensors: 'The generator’s weights with a model card, for your own code.',
      kwiat:
        'Everything as one .kwiat file: settings, metrics, samples, every checkpoint. Another Kwiat goes on with it.'
    } as Readonly<Record<ExportKind, string>>,
    weights: 'Weights',
    weightsNames: { ema: 'Averaged', raw: 'Newest' },
    pictures: 'Pictures',
    picturesNames: { float: 'Numbers in −1 … 1', uint8: 'Bytes 0 … 255' },
    licence: 'Licence',
    licenceHint: 'As “CC BY 4.0”; noted in the file',
    folder: 'Into folder',
    folderHint: 'A folder on the computer where Kwiat runs',
    choose: 'Choose…',
    start: 'Export',
    download: 'Download',
    phases: { reading: 'Reading the checkpoint…', converting: 'Converting…', writing: 'Writing…' } as Readonly<
      Record<ExportProgress['phase'], string>
    >,
    done: (path: string, size: string): string => `${path}, ${size}`,
    downloaded: (size: string): string => `Handed to the browser, ${size}`,
    reveal: 'Show in folder'
  },
  pl: {
    title: (step) => `Eksport kroku ${step}`,
    kind: 'Format',
    kinds: {
      onnx: 'ONNX',
      keras: 'Keras',
      tfjs: 'TensorFlow.js',
      safetensors: 'safetensors',
      kwiat: 'Cały przebieg'
    },
    notes: {
      onnx: 'Generator w jednym pliku, dla onnxruntime i innych: wektory latentne na wejściu, dowolnie wiele obrazów na wyjściu.',
      keras: 'Generator w jednym pliku .keras, dla Keras 3 w Pythonie.',
      tfjs: 'Generator jako model.json i weights.bin, dla TensorFlow.js na stronie.',
      safetensors: 'Wagi generatora z kartą modelu, dla własnego kodu.',
      kwiat: 'Wszystko w jednym pliku .kwiat: ustawienia, metryki, próbki i punkty kontrolne. Inny Kwiat pójdzie dalej.'
    },
    weights: 'Wagi',
    weightsNames: { ema: 'Uśrednione', raw: 'Najnowsze' },
    pictures: 'Obrazy',
    picturesNames: { float: 'Liczby od −1 do 1', uint8: 'Bajty od 0 do 255' },
    licence: 'Licencja',
    licenceHint: 'Na przykład „CC BY 4.0”; zapisana w pliku',
    folder: 'Do folderu',
    folderHint: 'Folder na komputerze, na którym działa Kwiat',
    choose: 'Wybierz…',
    start: 'Eksportuj',
    download: 'Pobierz',
    phases: { reading: 'Czytam punkt kontrolny…', converting: 'Przekształcam…', writing: 'Zapisuję…' },
    done: (path, size) => `${path}, ${size}`,
    downloaded: (size) => `Przekazano przeglądarce, ${size}`,
    reveal: 'Pokaż w folderze'
  }
})

export const importText = translated({
  en: {
    title: 'Import a run',
    description: 'A run that was exported as a .kwiat file. It stands beside the others; nothing is overwritten.',
    path: 'Path of the .kwiat file',
    start: 'Import',
    working: 'Unpacking and verifying…',
    done: (name: string, count: number): string => `${name} is here, with ${checkpointsOf(count)}.`,
    broken: (steps: string): string => `Broken checkpoints came with it: step ${steps}.`
  },
  pl: {
    title: 'Import przebiegu',
    description: 'Przebieg wyeksportowany jako plik .kwiat. Stanie obok innych; nic nie zostanie nadpisane.',
    path: 'Ścieżka pliku .kwiat',
    start: 'Importuj',
    working: 'Rozpakowuję i sprawdzam…',
    done: (name, count) => `Jest przebieg ${name}; ${punkty(count)}.`,
    broken: (steps) => `Są w nim uszkodzone punkty kontrolne: krok ${steps}.`
  }
})
