import type { RunState } from '../../../shared/contract/runs'
import { formatDecimal } from '../../format/format'
import { fooledAbove, type HealthVerdict, lostBelow, watchedSteps } from '../../state/health'
import { polishPlural } from '../../text/polishPlural'
import { translated } from '../../text/translated.svelte'

const lockedSince = 'Locked: a run keeps its settings from its first step to its last. Duplicate them to try others.'
const zamkniete =
  'Zablokowane: przebieg zachowuje ustawienia od pierwszego do ostatniego kroku. Powiel je, by wypróbować inne.'

export const trainText = translated({
  en: {
    nothing: {
      title: 'Nothing to train yet',
      text: 'Choose pictures and a preset: the losses and the first pictures will show up here.',
      action: 'New run'
    },
    settings: 'Settings',
    changed: (count: number): string => (count === 1 ? '1 differs from the preset' : `${count} differ from the preset`),
    locked: {
      queued: 'Locked: the run waits with these settings. To change them, let it leave the queue and duplicate it.',
      running:
        'Locked while it trains: a run keeps its settings from its first step to its last. Duplicate them to try others.',
      paused: lockedSince,
      stopped: lockedSince,
      done: lockedSince,
      failed: lockedSince,
      crashed: lockedSince
    } as Readonly<Record<RunState, string>>,
    duplicate: 'Duplicate settings',
    losses: 'Losses',
    scores: 'Scores',
    diversity: 'Diversity',
    distance: 'SWD',
    similarity: 'MS-SSIM',
    discriminator: 'Discriminator',
    generator: 'Generator',
    scoreReal: 'D(x), real',
    scoreFake: 'D(G(z))',
    sampleDiversity: 'Spread of samples',
    ofGenerated: 'generated',
    ofReal: 'real pictures',
    second: 'Second chart',
    smoothing: 'Smoothing',
    logAxis: 'Log axis',
    range: 'Newest steps shown',
    ranges: { all: 'All', '10000': '10 000', '1000': '1 000' } as Readonly<Record<'all' | '10000' | '1000', string>>,
    zoomIn: 'Zoom in (or turn the wheel, or draw an interval)',
    zoomOut: 'Zoom out',
    showAll: 'Show all (or double-click)',
    samples: 'Samples',
    of: 'Pictures shown',
    generated: 'Generated',
    real: 'Real',
    realPictures: (name: string): string => `Grid of real pictures that ${name} learns from`,
    timeline: 'Step of the samples',
    atStep: (step: string): string => `step ${step}`,
    newest: 'Newest',
    play: 'Play the film',
    pause: 'Pause the film',
    exportFilm: 'Export the film…',
    log: 'Log',
    logLines: 'Log of this run',
    title: (name: string): string => `Training of ${name}`
  },
  pl: {
    nothing: {
      title: 'Nie ma jeszcze czego trenować',
      text: 'Wybierz obrazy i preset: straty i pierwsze obrazy pojawią się tutaj.',
      action: 'Nowy przebieg'
    },
    settings: 'Ustawienia',
    changed: (count) =>
      `${count} ${polishPlural(count, 'różni się od presetu', 'różnią się od presetu', 'różni się od presetu')}`,
    locked: {
      queued: 'Zablokowane: przebieg czeka z tymi ustawieniami. Aby je zmienić, usuń go z kolejki i powiel.',
      running: zamkniete,
      paused: zamkniete,
      stopped: zamkniete,
      done: zamkniete,
      failed: zamkniete,
      crashed: zamkniete
    },
    duplicate: 'Powiel ustawienia',
    losses: 'Straty',
    scores: 'Oceny',
    diversity: 'Różnorodność',
    distance: 'SWD',
    similarity: 'MS-SSIM',
    discriminator: 'Dyskryminator',
    generator: 'Generator',
    scoreReal: 'D(x), prawdziwe',
    scoreFake: 'D(G(z))',
    sampleDiversity: 'Rozrzut próbek',
    ofGenerated: 'wygenerowane',
    ofReal: 'prawdziwe obrazy',
    second: 'Drugi wykres',
    smoothing: 'Wygładzanie',
    logAxis: 'Oś log.',
    range: 'Pokazane najnowsze kroki',
    ranges: { all: 'Całość', '10000': '10 000', '1000': '1 000' },
    zoomIn: 'Przybliż (albo kręć kółkiem lub zaznacz odcinek)',
    zoomOut: 'Oddal',
    showAll: 'Pokaż całość (albo kliknij dwukrotnie)',
    samples: 'Próbki',
    of: 'Pokazane obrazy',
    generated: 'Wygenerowane',
    real: 'Prawdziwe',
    realPictures: (name) => `Siatka prawdziwych obrazów, z których uczy się ${name}`,
    timeline: 'Krok próbek',
    atStep: (step) => `krok ${step}`,
    newest: 'Najnowsze',
    play: 'Odtwórz film',
    pause: 'Wstrzymaj film',
    exportFilm: 'Eksportuj film…',
    log: 'Dziennik',
    logLines: 'Dziennik tego przebiegu',
    title: (name) => `Trening: ${name}`
  }
})

/** What the health line says, with a remedy for each trouble. */
export const healthText = translated<Readonly<Record<HealthVerdict, string>>>({
  en: {
    unknown: `Too early to tell: the balance is judged over ${watchedSteps} steps.`,
    balanced: 'Balanced: neither network has run away from the other.',
    'discriminator-wins': `Discriminator wins: D(G(z)) < ${lostBelow} for ${watchedSteps} steps, so the generator learns next to nothing. Try a lower learning rate for the discriminator, label noise, or a real target of 0.9.`,
    'generator-wins': `Generator wins: D(G(z)) > ${fooledAbove} for ${watchedSteps} steps, so the discriminator teaches next to nothing. Try a higher learning rate for the discriminator or more discriminator steps.`,
    diverged:
      'Diverged: a loss is no longer a number. Go back to a checkpoint, then lower the learning rates or clip the gradients.',
    'generator-saturated':
      'Dead generator: nearly all values of its pictures are at black or white, where no gradient comes back. Its first steps were too large. Try warm-up, another seed, a tenth of its learning rate, or Adam, which corrects its first steps.',
    'generator-flat':
      'Flat pictures: the generator paints one colour. If that lasts, try another seed, a lower learning rate for the discriminator, or batch normalisation in the generator.',
    'diversity-lost':
      'Loss of diversity: all samples look alike. Go back to an earlier checkpoint, and try a lower learning rate for the generator, more discriminator steps, or larger batches.'
  },
  pl: {
    unknown: `Za wcześnie na ocenę: równowagę ocenia się z ${watchedSteps} kroków.`,
    balanced: 'Równowaga: żadna z sieci nie uciekła drugiej.',
    'discriminator-wins': `Wygrywa dyskryminator: D(G(z)) < ${formatDecimal(String(lostBelow), 'pl')} od ${watchedSteps} kroków, więc generator prawie niczego się nie uczy. Spróbuj: niższy współczynnik uczenia dyskryminatora, szum etykiet albo cel 0,9 dla prawdziwych obrazów.`,
    'generator-wins': `Wygrywa generator: D(G(z)) > ${formatDecimal(String(fooledAbove), 'pl')} od ${watchedSteps} kroków, więc dyskryminator prawie niczego nie uczy. Spróbuj: wyższy współczynnik uczenia dyskryminatora albo więcej jego kroków.`,
    diverged:
      'Rozbieżność: strata przestała być liczbą. Wróć do punktu kontrolnego, a potem zmniejsz współczynniki uczenia albo obetnij gradienty.',
    'generator-saturated':
      'Martwy generator: prawie wszystkie wartości jego obrazów to czerń lub biel, skąd gradient nie wraca. Pierwsze kroki były za duże. Spróbuj: rozgrzewka, inne ziarno, dziesięć razy mniejszy współczynnik uczenia albo Adam, który koryguje pierwsze kroki.',
    'generator-flat':
      'Płaskie obrazy: generator maluje jednym kolorem. Jeśli to potrwa, spróbuj: inne ziarno, niższy współczynnik uczenia dyskryminatora albo normalizacja wsadowa w generatorze.',
    'diversity-lost':
      'Utrata różnorodności: wszystkie próbki wyglądają podobnie. Wróć do wcześniejszego punktu kontrolnego i spróbuj: niższy współczynnik uczenia generatora, więcej kroków dyskryminatora albo większe wsady.'
  }
})

export const draftText = translated({
  en: {
    title: 'New run',
    branchTitle: 'New branch',
    branchOf: (name: string, step: string): string =>
      `Begins as a copy of ${name} at step ${step}: its weights, its metrics and its samples so far. The networks stay as they are.`,
    unchanged: 'Nothing is changed yet: it would go on just as its origin does.',
    changedSettings: 'Changed settings',
    name: 'Name',
    data: 'Pictures',
    preset: 'Preset',
    chooseOther: 'Choose others',
    start: 'Start',
    discard: 'Discard',
    wrong: (count: number): string =>
      count === 1 ? '1 value must be changed first:' : `${count} values must be changed first:`,
    facts: 'What will be trained',
    edit: 'Edit the networks…',
    generator: 'Generator',
    discriminator: 'Discriminator',
    parameters: (count: string): string => `${count} parameters`,
    size: 'Pictures',
    steps: 'Steps',
    shown: 'Real pictures shown',
    kimg: (count: string): string => `${count} thousand`
  },
  pl: {
    title: 'Nowy przebieg',
    branchTitle: 'Nowe odgałęzienie',
    branchOf: (name, step) =>
      `Zaczyna jako kopia przebiegu ${name} z kroku ${step}: z jego wagami, metrykami i próbkami. Sieci zostają te same.`,
    unchanged: 'Nic jeszcze nie zmieniono: poszłoby dalej tak samo jak pierwowzór.',
    changedSettings: 'Zmienione ustawienia',
    name: 'Nazwa',
    data: 'Obrazy',
    preset: 'Preset',
    chooseOther: 'Wybierz inne',
    start: 'Zacznij',
    discard: 'Odrzuć',
    wrong: (count) => `Najpierw trzeba zmienić ${count} ${polishPlural(count, 'wartość', 'wartości', 'wartości')}:`,
    facts: 'Co będzie trenowane',
    edit: 'Edytuj sieci…',
    generator: 'Generator',
    discriminator: 'Dyskryminator',
    parameters: (count) => `parametry: ${count}`,
    size: 'Obrazy',
    steps: 'Kroki',
    shown: 'Pokazane prawdziwe obrazy',
    kimg: (count) => `${count} tys.`
  }
})
