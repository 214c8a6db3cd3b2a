export interface PolishField {
  readonly label: string
  /** One line: what the value does. */
  readonly meaning: string
}

/** Names and meanings of the configuration's fields, which stand in English in its schema. By `fieldKey`. */
export const polishFields: Readonly<Record<string, PolishField>> = {
  'data.crop': {
    label: 'Kadrowanie',
    meaning: 'Jak obraz, który nie jest kwadratem, staje się nim: wycięty środek, czarne pasy albo rozciągnięcie.'
  },
  'data.flip': { label: 'Odbicie', meaning: 'Co drugi raz pokazuje obraz odbity w poziomie.' },
  'data.classes': { label: 'Klasy', meaning: 'Klasy, z których sieć się uczy; puste oznacza wszystkie.' },
  'optimizer.kind': { label: 'Optymalizator', meaning: 'Reguła, która z gradientu robi krok.' },
  'optimizer.learningRate': { label: 'Współczynnik uczenia', meaning: 'Długość kroku w pierwszej iteracji.' },
  'optimizer.decay': {
    label: 'Zanikanie',
    meaning: 'Spowalnia uczenie: w iteracji t współczynnik wynosi learningRate / (1 + decay · t).'
  },
  'optimizer.warmup': {
    label: 'Rozgrzewka',
    meaning: 'Przez tyle aktualizacji współczynnik rośnie od 0 do pełnej wielkości; pierwsze nie zachodzą za daleko.'
  },
  'optimizer.clipValue': { label: 'Obcięcie wartości', meaning: 'Obcina każdy element gradientu do ± tej wartości.' },
  'optimizer.clipNorm': {
    label: 'Obcięcie normy',
    meaning: 'Skraca każdy gradient do najwyżej tej normy euklidesowej.'
  },
  'optimizer.rho': { label: 'Rho', meaning: 'Jak długo średnia kwadratów gradientów pamięta.' },
  'optimizer.momentum': { label: 'Pęd', meaning: 'Część ostatniego kroku, która zostaje; 0 wyłącza.' },
  'optimizer.epsilon': { label: 'Epsilon', meaning: 'Chroni przed dzieleniem przez gradient bliski zeru.' },
  'optimizer.beta1': { label: 'Beta 1', meaning: 'Jak długo średnia gradientów pamięta.' },
  'optimizer.beta2': { label: 'Beta 2', meaning: 'Jak długo średnia kwadratów gradientów pamięta.' },
  'optimizer.nesterov': { label: 'Nesterov', meaning: 'Patrzy o krok naprzód w kierunku pędu.' },
  'loss.kind': {
    label: 'Strata',
    meaning:
      'Gra: entropia krzyżowa z generatorem, który minimalizuje −log D(G(z)) albo log(1 − D(G(z))), jak w grze minimaks z artykułu; albo kwadraty odległości, zawiasy lub zwykłe średnie wyjścia dyskryminatora.'
  },
  'loss.discriminatorSays': {
    label: 'Wyjście 1 oznacza',
    meaning: 'Co znaczy 1 na wyjściu dyskryminatora; w książce Cholleta: „wygenerowany”.'
  },
  'loss.realTarget': {
    label: 'Cel dla prawdziwych',
    meaning:
      'Docelowe prawdopodobieństwo dla prawdziwych obrazów; poniżej 1 to jednostronne wygładzanie etykiet. Tylko dla entropii krzyżowej.'
  },
  'loss.labelNoise': {
    label: 'Szum etykiet',
    meaning:
      'Dodaje labelNoise · U(0, 1) do każdej etykiety dyskryminatora; 1 to „wygenerowany”. Tylko dla entropii krzyżowej.'
  },
  'loss.gradientPenalty': {
    label: 'Kara za gradient',
    meaning:
      'Utrzymuje dyskryminator gładkim: R1 zmniejsza jego gradient przy prawdziwych obrazach, WGAN-GP ciągnie gradient między prawdziwymi a wygenerowanymi do długości 1.'
  },
  'loss.penaltyWeight': {
    label: 'Waga kary',
    meaning: 'Jak bardzo liczy się kara za gradient: γ / 2 = połowa tej wagi dla R1, λ dla WGAN-GP.'
  },
  'schedule.latentDistribution': {
    label: 'Rozkład wektorów ukrytych',
    meaning: 'Skąd losuje się wektory ukryte: z rozkładu normalnego albo jednostajnego o tej samej wariancji.'
  },
  'schedule.steps': { label: 'Kroki', meaning: 'Liczba iteracji treningu.' },
  'schedule.batchSize': { label: 'Wielkość wsadu', meaning: 'Liczba prawdziwych obrazów w każdej aktualizacji.' },
  'schedule.accumulate': {
    label: 'Części wsadu',
    meaning:
      'Liczba części, w których kolejno liczony jest wsad, zanim użyty zostanie ich średni gradient: mniej pamięci, ten sam trening, o ile żadna sieć nie ma normalizacji wsadowej.'
  },
  'schedule.discriminatorSteps': {
    label: 'Kroki dyskryminatora',
    meaning: 'Liczba aktualizacji dyskryminatora na jedną aktualizację generatora.'
  },
  'schedule.emaDecay': {
    label: 'Zanikanie średniej (EMA)',
    meaning: 'Część uśrednionego generatora zachowywana w iteracji, na początku mniejsza; 0 daje najnowszy generator.'
  },
  'schedule.seed': { label: 'Ziarno', meaning: 'To samo ziarno, ten sam przebieg na tym samym silniku.' },
  'output.logEvery': { label: 'Pomiary co', meaning: 'Liczba iteracji między dwoma wierszami pomiarów.' },
  'output.sampleEvery': { label: 'Próbki co', meaning: 'Liczba iteracji między dwiema siatkami próbek.' },
  'output.sampleCount': { label: 'Liczba próbek', meaning: 'Liczba obrazów w siatce próbek.' },
  'output.checkpointEvery': {
    label: 'Punkt kontrolny co',
    meaning: 'Liczba iteracji między dwoma punktami kontrolnymi.'
  },
  'output.scoreEvery': {
    label: 'Ocena co',
    meaning:
      'Liczba iteracji między dwiema ocenami jakości, robionymi też w punktach kontrolnych; pomijane, gdy spowolniłyby trening o ponad 5 %. 0 wyłącza.'
  },
  'output.keepCheckpoints': { label: 'Zachowaj najnowsze', meaning: 'Liczba najnowszych punktów, które zostają.' },
  'output.keepBest': {
    label: 'Zachowaj najlepsze',
    meaning: 'Liczba najlepszych punktów, które zostają oprócz nich; dopóki nic nie zmierzono, nie ma żadnych.'
  },
  'output.keepBestBy': {
    label: 'Najlepsze według',
    meaning:
      'Co znaczy „najlepszy”: najmniejsza odległość Wassersteina (SWD) od obrazów albo MS-SSIM najbliższe ich własnemu.'
  },
  'output.keepInterval': {
    label: 'Zachowaj co',
    meaning: 'Zachowuje też punkty będące wielokrotnością tej liczby iteracji. 0 wyłącza.'
  },
  'output.keepFree': {
    label: 'Wolne miejsce',
    meaning: 'Ile miejsca zostaje na dysku: poniżej tej granicy trening zapisuje się i wstrzymuje.'
  }
}

/** Units, which stand in English in the schema. */
export const polishUnits: Readonly<Record<string, string>> = {
  iterations: 'iteracji',
  parts: 'części',
  updates: 'aktualizacji',
  pictures: 'obrazów',
  checkpoints: 'punktów',
  megabytes: 'MB',
  'per iteration': 'na iterację'
}
