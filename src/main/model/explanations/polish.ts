import type { Activation, LayerOf, LayerType } from '../../../shared/architecture/layers'
import type { Explanation } from '../../../shared/contract/model'
import { formatShape, type Shape, toBorders, toPair } from '../shapes'
import { count, doublingsTo, halfLife, type LayerFacts, rounded, windowFacts, withSeparator } from './facts'

const n = withSeparator('\u00a0')

type Forms = readonly [one: string, few: string, many: string]

/** Polish has three forms: 1 waga, 2–4 wagi (but 12–14 wag), 5 wag. */
function counted(amount: number, [one, few, many]: Forms): string {
  const [ones, tens] = [amount % 10, amount % 100]
  const isFew = ones >= 2 && ones <= 4 && (tens < 12 || tens > 14)
  return `${n(amount)} ${amount === 1 ? one : isFew ? few : many}`
}

const decimal = (value: number): string => String(value).replace('.', ',')

const map: Forms = ['mapa', 'mapy', 'map']
/** In the accusative: what is read or made. */
const mapRead: Forms = ['mapę', 'mapy', 'map']
const number: Forms = ['liczba', 'liczby', 'liczb']
const numberRead: Forms = ['liczbę', 'liczby', 'liczb']
const weight: Forms = ['waga', 'wagi', 'wag']
const input: Forms = ['wejście', 'wejścia', 'wejść']

/** "128 map 16×16", "512 liczb", as a subject or after "z czego". */
const named = (shape: Shape): string =>
  shape.length === 3 ? `${counted(shape[2]!, map)} ${shape[0]}×${shape[1]}` : counted(count(shape), number)

/** The same as an object: "daje 1 mapę 16×16". */
const namedRead = (shape: Shape): string =>
  shape.length === 3 ? `${counted(shape[2]!, mapRead)} ${shape[0]}×${shape[1]}` : counted(count(shape), numberRead)

const weights = (amount: number): string => counted(amount, weight)

const joined = (...sentences: readonly (string | false | null)[]): string => sentences.filter(Boolean).join(' ')

const activations: { readonly [Name in Activation]: string | null } = {
  linear: null,
  relu: 'Na koniec ReLU zeruje wszystko poniżej 0.',
  relu6: 'Na koniec ReLU6 przycina wszystko do zakresu 0 … 6.',
  elu: 'Na koniec ELU zagina wartości ujemne w stronę −1.',
  selu: 'Na koniec SELU zagina wartości ujemne i skaluje wynik tak, by sygnał zachował wielkość.',
  sigmoid: 'Na koniec sigmoida sprowadza każdą liczbę do zakresu 0 … 1.',
  hardSigmoid: 'Na koniec sigmoida z odcinków sprowadza każdą liczbę do zakresu 0 … 1.',
  softmax: 'Na koniec softmax zamienia je na udziały, które sumują się do 1.',
  logSoftmax: 'Na koniec log-softmax zamienia je na logarytmy udziałów.',
  softplus: 'Na koniec softplus gładko zamienia je na dodatnie.',
  softsign: 'Na koniec softsign powoli sprowadza je do zakresu −1 … 1.',
  tanh: 'Na koniec tanh sprowadza każdą liczbę do zakresu −1 … 1.',
  swish: 'Na koniec swish tłumi wartości ujemne.',
  mish: 'Na koniec mish tłumi wartości ujemne.',
  gelu: 'Na koniec GELU tłumi wartości ujemne.',
  gelu_new: 'Na koniec GELU tłumi wartości ujemne.'
}

const whyNonlinear =
  'Bez czegoś nieliniowego pomiędzy nimi warstwy z wagami zlałyby się w jedną; dopiero to sprawia, że głębokość się opłaca.'

function sees({ role, field, side }: LayerFacts): string | null {
  // One pixel by itself goes without saying.
  if (field === null || Math.max(...field) === 1) {
    return null
  }
  const isWhole = field[0] === side && field[1] === side
  const part = isWhole ? 'cały obraz' : `${field[0]}×${field[1]} z ${side}×${side} pikseli obrazu`
  return role === 'discriminator' ? `Każda jej liczba widzi ${part}.` : `Każda jej liczba wpływa na ${part}.`
}

function wayToPicture(height: number, { side, role }: LayerFacts): string | null {
  const doublings = role === 'generator' ? doublingsTo(side, height) : null
  if (doublings === null) {
    return null
  }
  if (doublings === 0) {
    return `${height} to już bok całego obrazu.`
  }
  const layers = counted(doublings, ['warstwa podwajająca', 'warstwy podwajające', 'warstw podwajających'])
  const part = doublings === 1 ? `połowa końcowych ${side}` : `1/${2 ** doublings} końcowych ${side}`
  const enough = layers.includes('warstwy') ? 'wystarczą' : 'wystarczy'
  return `${height} to ${part}, więc ${enough} ${layers} mapy.`
}

const bias = ({ useBias }: { readonly useBias: boolean }): string =>
  useBias ? 'z wyrazami wolnymi' : 'bez wyrazów wolnych'

const padding = (spec: { readonly padding: 'valid' | 'same' }, from: Shape, to: Shape): string =>
  spec.padding === 'same'
    ? 'Dopełnienie „same” otacza mapy zerami, więc ich brzegi nie przepadają.'
    : `Bez dopełnienia okno nie wychodzi poza mapę, więc z ${from[0]}×${from[1]} robi się ${to[0]}×${to[1]}.`

const evenness = ({ isEven, hasStride, kernel, stride }: ReturnType<typeof windowFacts>): string | null => {
  if (!hasStride) {
    return null
  }
  return isEven
    ? `Jądro ${kernel} dzieli się przez krok ${stride}, więc każdy piksel liczy się tak samo często i nie powstaje szachownica.`
    : `Jądro ${kernel} nie dzieli się przez krok ${stride}: jedne piksele liczą się częściej niż inne, co widać jako szachownicę.`
}

function dense(spec: LayerOf<'Dense'>, facts: LayerFacts): Explanation {
  const { input: from, output, role, isLast, reshapedTo, latentSize } = facts
  const [height, width, channels] = reshapedTo ?? []
  const activation = activations[spec.activation]
  if (role === 'generator' && height !== undefined && width !== undefined && channels !== undefined) {
    return {
      does: joined(
        `Zamienia ${counted(count(from), numberRead)} na ${n(count(output))}, czyli tyle, ile mieści ${named([height, width, channels])}: ${weights(facts.weights)}, ${bias(spec)}.`,
        activation
      ),
      why: `Liczby ukryte (${n(latentSize)}) nie mają jeszcze miejsca na obrazie; ta warstwa im je nadaje, żeby sploty miały na czym pracować.`,
      values: joined(`${n(count(output))} = ${height}·${width}·${channels}.`, wayToPicture(height, facts))
    }
  }
  if (role === 'discriminator' && isLast && output.length === 1 && count(output) === 1) {
    return {
      does: joined(
        `Waży ${counted(count(from), numberRead)} i sumuje je; wynik to ${counted(spec.units, number)}: ${weights(facts.weights)}, ${bias(spec)}.`,
        activation
      ),
      why: 'Dyskryminator odpowiada na jedno pytanie: prawdziwy czy wygenerowany. To jest jego odpowiedź, logit, z którego strata robi prawdopodobieństwo.',
      values: 'Jedna jednostka, bo pytanie jest jedno, i bez aktywacji, bo sigmoidę stosuje sama strata.'
    }
  }
  const sources =
    from.length === 1
      ? `wszystkich liczb z wejścia (${n(count(from))})`
      : `liczb na każdej pozycji (${n(from.at(-1)!)})`
  return {
    does: joined(
      `Liczy ${counted(spec.units, ['sumę ważoną', 'sumy ważone', 'sum ważonych'])} ${sources}${output.length === 3 ? `, razem ${named(output)}` : ''}: ${weights(facts.weights)}, ${bias(spec)}.`,
      activation
    ),
    why: 'Dzięki niej każda liczba ma udział w każdym wyniku, czego lokalne sploty nie potrafią.',
    values: `${counted(spec.units, ['jednostka', 'jednostki', 'jednostek'])}: im ich więcej, tym więcej przypadków da się rozróżnić; każda kosztuje ${counted(from.at(-1)!, ['wagę', 'wagi', 'wag'])}.`
  }
}

function whyConvolution({ hasStride }: ReturnType<typeof windowFacts>, { role, isLast, output }: LayerFacts): string {
  if (role === 'generator' && isLast) {
    return `To ostatnia warstwa: miesza mapy w ${output[2] === 1 ? 'odcienie szarości' : 'trzy kolory'} obrazu.`
  }
  if (hasStride) {
    return 'Szuka lokalnych wzorów i przy okazji zmniejsza mapy, żeby następne warstwy widziały większy kawałek obrazu; uczy się, jak to robić, czego zwykłe próbkowanie (pooling) nie potrafi.'
  }
  return role === 'generator'
    ? 'Dopracowuje to, co zostało przed nią powiększone: uzgadnia sąsiednie piksele, tworzy krawędzie i faktury.'
    : 'Szuka lokalnych wzorów, takich jak krawędzie i plamy koloru; dalsze warstwy składają z nich płatki, oczy, twarze.'
}

const tanhRange = 'tanh daje −1 … 1, czyli zakres, do którego skalowane są obrazy.'

function convolution(spec: LayerOf<'Conv2D'>, facts: LayerFacts): Explanation {
  const { input: from, output, role, isLast } = facts
  const window = windowFacts(spec)
  const isDilated = Math.max(...toPair(spec.dilationRate)) > 1
  return {
    does: joined(
      `Przesuwa okno ${window.kernel} po mapach (na wejściu ${named(from)}) i tworzy ${namedRead(output)}: każda liczba to suma ważona ${n(window.taps * (from[2] ?? 1))} innych, a wagi są wszędzie te same: ${n(facts.weights)}.`,
      activations[spec.activation]
    ),
    why: whyConvolution(window, facts),
    values: joined(
      evenness(window),
      isDilated &&
        `Punkty okna leżą co ${toPair(spec.dilationRate).join('×')} pikseli, więc przy tych samych wagach sięga ono dalej.`,
      padding(spec, from, output),
      role === 'generator' && isLast && spec.activation === 'tanh' && tanhRange,
      sees(facts)
    )
  }
}

function transposed(spec: LayerOf<'Conv2DTranspose'>, facts: LayerFacts): Explanation {
  const { input: from, output, role, isLast } = facts
  const window = windowFacts(spec)
  const grows = `z ${from[0]}×${from[1]} do ${output[0]}×${output[1]}`
  const { overlap } = window
  return {
    does: joined(
      `Rozkłada każdą liczbę map wejściowych (${named(from)}) na okno ${window.kernel}, co ${window.stride}, i sumuje tam, gdzie okna się spotykają; daje ${namedRead(output)}: ${weights(facts.weights)}.`,
      activations[spec.activation]
    ),
    why:
      role === 'generator' && isLast
        ? `To ostatnia warstwa: powiększa mapy ${grows} i robi z nich ${output[2] === 1 ? 'odcienie szarości' : 'kolory'} obrazu.`
        : `Mapy muszą urosnąć do obrazu; ta warstwa powiększa je ${grows} i uczy się, co wstawić pomiędzy.`,
    values: joined(
      window.hasStride && window.isEven
        ? `Jądro ${window.kernel} dzieli się przez krok ${window.stride}, więc nad każdym pikselem leży dokładnie tyle samo okien (${n(overlap)}) i nie powstaje szachownica.`
        : evenness(window),
      output[0] !== undefined && wayToPicture(output[0], facts),
      role === 'generator' && isLast && spec.activation === 'tanh' && tanhRange,
      sees(facts)
    )
  }
}

function pooling(how: string, spec: LayerOf<'AveragePooling2D' | 'MaxPooling2D'>, facts: LayerFacts): Explanation {
  const pool = toPair(spec.poolSize).join('×')
  const strides = toPair(spec.strides ?? spec.poolSize)
  return {
    does: `Z każdego okna ${pool} zostawia ${how}: na wejściu ${named(facts.input)}, na wyjściu ${named(facts.output)}, bez żadnych wag.`,
    why:
      spec.type === 'MaxPooling2D'
        ? 'Zmniejsza mapy i zachowuje to, co znaleziono, gdziekolwiek w oknie. W GAN-ach lepszy jest splot z krokiem, bo tutaj gradient dostaje tylko jeden piksel z okna.'
        : 'Zmniejsza mapy, żeby następne warstwy widziały większy kawałek obrazu, i przekazuje gradient każdemu pikselowi.',
    values: `Okna ${pool} co ${strides.join('×')}: zostaje jedna z ${n(count(strides))} pozycji.`
  }
}

function borderText(value: Parameters<typeof toBorders>[0]): string {
  const [[top, bottom], [left, right]] = toBorders(value)
  return new Set([top, bottom, left, right]).size === 1
    ? `po ${counted(top, ['pikselu', 'piksele', 'pikseli'])} z każdej strony`
    : `w pikselach: ${top} u góry, ${bottom} u dołu, ${left} z lewej, ${right} z prawej`
}

/** The three texts of a layer from its own numbers, by type. */
export const polish: { readonly [Type in LayerType]: (spec: LayerOf<Type>, facts: LayerFacts) => Explanation } = {
  Dense: dense,
  Conv2D: convolution,
  Conv2DTranspose: transposed,
  DepthwiseConv2D: (spec, facts) => {
    const { input: from, output } = facts
    const window = windowFacts(spec)
    return {
      does: joined(
        `Przesuwa okna ${window.kernel} po każdej mapie z osobna (na wejściu ${named(from)}) i tworzy ${namedRead(output)}: ${weights(facts.weights)}.`,
        activations[spec.activation]
      ),
      why: `Znajduje wzory w obrębie każdej mapy ułamkiem nakładu: Conv2D potrzebowałaby ${n(from[2] ?? 1)} razy więcej wag. Mieszanie map zostawia następnej warstwie.`,
      values: joined(
        `Z każdej mapy: ${counted(spec.depthMultiplier, map)}.`,
        evenness(window),
        padding(spec, from, output),
        sees(facts)
      )
    }
  },
  SeparableConv2D: (spec, facts) => {
    const { input: from, output } = facts
    const window = windowFacts(spec)
    const whole = window.taps * (from[2] ?? 1) * spec.filters
    return {
      does: joined(
        `Filtruje każdą mapę z osobna oknem ${window.kernel} (na wejściu ${named(from)}), a potem miesza wyniki piksel po pikselu i tworzy ${namedRead(output)}: ${weights(facts.weights)}.`,
        activations[spec.activation]
      ),
      why: 'Robi prawie to samo co Conv2D, tylko najpierw patrzy na miejsca, a potem na mapy, i potrzebuje mniej pracy.',
      values: joined(
        `Conv2D tej wielkości miałaby ${counted(whole, ['wagę', 'wagi', 'wag'])}.`,
        evenness(window),
        padding(spec, from, output),
        sees(facts)
      )
    }
  },
  BatchNormalization: ({ momentum, epsilon }, { input: from, weights: all }) => {
    const channels = from.at(-1)!
    const forgets = halfLife(momentum)
    const subject =
      from.length === 3 ? `każdą z map (jest ich ${n(channels)})` : `każdą z liczb (jest ich ${n(channels)})`
    return {
      does: `Sprowadza ${subject} do średniej 0 i odchylenia 1 w obrębie wsadu, a potem skaluje i przesuwa tak, jak się nauczy: ${counted(all, number)}, z czego ${n(2 * channels)} to średnie kroczące.`,
      why: 'Dzięki niej sygnały nie rosną ani nie gasną z warstwy na warstwę, więc głębokie sieci uczą się spokojnie. Wsad jest losowy, więc wprowadza też trochę losowości.',
      values: joined(
        forgets === null
          ? `Przy momentum ${decimal(momentum)} średnie kroczące są zawsze z ostatniego kroku.`
          : `Przy momentum ${decimal(momentum)} średnie kroczące, używane przy generowaniu, zapominają połowę po mniej więcej ${counted(forgets, ['kroku', 'krokach', 'krokach'])}.`,
        `Epsilon ${decimal(epsilon)} pilnuje, by dzielenie pozostało skończone, gdy mapa jest wszędzie taka sama.`
      )
    }
  },
  LayerNormalization: ({ epsilon }, { input: from, weights: all }) => ({
    does: `Sprowadza liczby na każdej pozycji (${n(from.at(-1)!)}) do średniej 0 i odchylenia 1, a potem skaluje i przesuwa tak, jak się nauczy: ${weights(all)}.`,
    why: 'Utrzymuje sygnały w tej samej wielkości, obraz po obrazie. Inaczej niż normalizacja wsadowa nie miesza obrazów we wsadzie, więc można z nią stosować karę za gradient.',
    values: `Epsilon ${decimal(epsilon)} pilnuje, by dzielenie pozostało skończone, gdy wszystkie liczby są równe.`
  }),
  Dropout: ({ rate }, { input: from }) => ({
    does: `W każdym kroku treningu zeruje losowe ${decimal(rounded(100 * rate))} % z wejścia (${counted(count(from), number)}), za każdym razem inne, a resztę mnoży dla wyrównania przez ${decimal(rounded(1 / (1 - rate)))}. Poza treningiem nic nie robi.`,
    why: 'GAN bardzo łatwo wpada w lokalne optima. Sieć, która nie może polegać na żadnej pojedynczej liczbie, nie nauczy się na pamięć i nie nabierze zbyt szybko pewności.',
    values: `${decimal(rate)}: większa wartość zaszumia ocenę i spowalnia naukę, mniejsza niewiele daje; zwykle bierze się od 0,3 do 0,5.`
  }),
  UpSampling2D: ({ size, interpolation }, facts) => ({
    does: `Powiększa mapy: na wejściu ${named(facts.input)}, na wyjściu ${named(facts.output)}; ${interpolation === 'nearest' ? 'każdy piksel jest powtarzany' : 'to, co leży między pikselami, jest interpolowane'}, bez żadnych wag.`,
    why: 'Mapy muszą urosnąć do obrazu. Powiększanie bez wag nie zrobi szachownicy, a szczegóły doda splot, który stoi po nim.',
    values: joined(`Powiększenie ${toPair(size).join('×')}.`, wayToPicture(facts.output[0]!, facts), sees(facts))
  }),
  AveragePooling2D: (spec, facts) => pooling('średnią', spec, facts),
  MaxPooling2D: (spec, facts) => pooling('największą liczbę', spec, facts),
  GlobalAveragePooling2D: (_, { input: from }) => ({
    does: `Liczy średnią każdej mapy: na wejściu ${named(from)}, na wyjściu ${counted(from[2]!, number)}, bez żadnych wag.`,
    why: 'Liczy się, czy wzór jest, a nie gdzie; dlatego następna warstwa potrzebuje o wiele mniej wag niż po Flatten.',
    values: `Pozycji w każdej średniej: ${n((from[0] ?? 1) * (from[1] ?? 1))}. Nie ma tu nic do ustawienia.`
  }),
  Embedding: ({ inputDim, outputDim }, { weights: all }) => ({
    does: `Dla każdej klasy (jest ich ${n(inputDim)}) podaje wektor, który ma ${counted(outputDim, numberRead)}: ${weights(all)}.`,
    why: 'Wielkość numeru klasy nic nie znaczy; wektor, którego sieć się uczy, może powiedzieć, które klasy są do siebie podobne.',
    values: `Jeden wektor na klasę; ${counted(outputDim, number)} to wszystko, co sieć może o klasie powiedzieć.`
  }),
  Concatenate: ({ axis }, { output, inputCount }) => ({
    does: `Kładzie obok siebie ${counted(inputCount, input)} wzdłuż osi ${axis}; daje ${namedRead(output)}.`,
    why: 'Następne warstwy widzą i wynik, i to, z czego powstał, i same wybierają.',
    values: axis === -1 ? 'Oś −1 to oś map.' : `Oś ${axis}, licząc wsad jako 0.`
  }),
  Add: (_, { output, inputCount }) => ({
    does: `Dodaje ${counted(inputCount, input)} liczba po liczbie; daje ${namedRead(output)}, bez żadnych wag.`,
    why: 'Gałąź musi się nauczyć tylko tego, co zmienić w tym, co ją omija, a gradient ma krótką drogę z powrotem (He i in. 2016).',
    values: 'Nie ma tu nic do ustawienia; wszystkie wejścia muszą mieć ten sam kształt.'
  }),
  Multiply: (_, { output, inputCount }) => ({
    does: `Mnoży ${counted(inputCount, input)} liczba po liczbie; daje ${namedRead(output)}, bez żadnych wag.`,
    why: 'Jedno wejście decyduje, ile drugiego przejdzie, jak bramka.',
    values: 'Nie ma tu nic do ustawienia; wszystkie wejścia muszą mieć ten sam kształt.'
  }),
  Activation: ({ activation }, { input: from, isLast, role }) => ({
    does:
      activation === 'linear'
        ? 'Przepuszcza wszystko bez zmian.'
        : joined(
            `Stosuje ${activation} do każdej liczby z wejścia (${n(count(from))}).`,
            activations[activation]?.replace('Na koniec ', 'To znaczy, że ') ?? null
          ),
    why:
      role === 'generator' && isLast
        ? 'Sprowadza obraz do zakresu, do którego skalowane są prawdziwe obrazy.'
        : whyNonlinear,
    values:
      activation === 'tanh' && role === 'generator' && isLast ? tanhRange : `${activation} nie ma nic do ustawienia.`
  }),
  ReLU: ({ maxValue }, { input: from }) => ({
    does: `Każdą liczbę z wejścia (${n(count(from))}), która jest poniżej 0, zamienia na 0${maxValue === undefined ? '' : `, a wszystko powyżej ${decimal(maxValue)} przycina`}.`,
    why: whyNonlinear,
    values:
      'Poniżej 0 nie przechodzi żaden gradient. W generatorze po normalizacji wsadowej to nie szkodzi, tak jest w DCGAN; gdzie indziej bezpieczniejsza jest LeakyReLU.'
  }),
  LeakyReLU: ({ alpha }, { input: from }) => ({
    does: `Każdą liczbę z wejścia (${n(count(from))}), która jest powyżej 0, zostawia bez zmian, a pozostałe mnoży przez ${decimal(alpha)}.`,
    why: `${whyNonlinear} Inaczej niż ReLU zawsze przepuszcza trochę gradientu, a rzadkie gradienty GAN-om szkodzą.`,
    values: joined(
      `${decimal(alpha)} poniżej 0: przy 0 byłaby to ReLU, przy 1 nic by nie robiła.`,
      alpha === 0.3 && '0,3 to wartość domyślna Kerasa, której użyto w książce.',
      alpha === 0.2 && '0,2 to wartość z DCGAN.'
    )
  }),
  PReLU: ({ sharedAxes }, { input: from, weights: all }) => ({
    does: `Każdą liczbę z wejścia (${n(count(from))}), która jest powyżej 0, zostawia bez zmian, a pozostałe mnoży przez nachylenie, którego się uczy: ${counted(all, ['nachylenie', 'nachylenia', 'nachyleń'])}.`,
    why: `${whyNonlinear} Ile przejdzie poniżej 0, zostawia treningowi.`,
    values:
      sharedAxes === undefined
        ? 'Każda liczba ma własne nachylenie.'
        : `Wspólne nachylenie wzdłuż osi: ${sharedAxes.join(', ')}.`
  }),
  ELU: ({ alpha }, { input: from }) => ({
    does: `Każdą liczbę z wejścia (${n(count(from))}), która jest powyżej 0, zostawia bez zmian, a pozostałe zagina w stronę −${decimal(alpha)}.`,
    why: `${whyNonlinear} Jej średnia leży bliżej 0 niż średnia ReLU.`,
    values: `Mniej niż −${decimal(alpha)} nigdy z niej nie wyjdzie.`
  }),
  Flatten: (_, { input: from, output }) => ({
    does: `Zapisuje mapy (${named(from)}) w jednym rzędzie: ${counted(count(output), number)}; niczego nie liczy.`,
    why: 'Warstwa Dense, która stoi po niej, waży każdą pozycję osobno i potrzebuje rzędu liczb.',
    values: from.length === 3 ? `${n(count(output))} = ${from.join('·')}.` : 'Nie ma tu nic do ustawienia.'
  }),
  Reshape: ({ targetShape }, facts) => ({
    does: `Układa ${counted(count(facts.input), numberRead)} w nowy kształt, ${named(targetShape)}; niczego nie liczy.`,
    why:
      targetShape.length === 3
        ? 'Sploty potrzebują map, które mają wysokość i szerokość; od tego miejsca sąsiedztwo coś znaczy.'
        : 'Następna warstwa potrzebuje liczb w takiej postaci.',
    values: joined(
      `${targetShape.join('·')} = ${n(count(targetShape))}.`,
      targetShape.length === 3 && wayToPicture(targetShape[0]!, facts)
    )
  }),
  Permute: ({ dims }, { input: from, output }) => ({
    does: `Zmienia kolejność osi z ${formatShape(from)} na ${formatShape(output)}; niczego nie liczy.`,
    why: 'Następna warstwa pracuje wzdłuż innej osi.',
    values: `Kolejność ${dims.join(', ')}, licząc od 1, bez wsadu.`
  }),
  ZeroPadding2D: (spec, { input: from, output }) => ({
    does: `Otacza mapy zerami, ${borderText(spec.padding)}: na wejściu ${named(from)}, na wyjściu ${named(output)}.`,
    why: 'Żeby okno następnej warstwy mogło stanąć także na pikselach przy brzegu.',
    values: 'Tyle, ile następne jądro sięga poza swój środek, albo tyle, by zgadzał się rozmiar.'
  }),
  Cropping2D: (spec, { input: from, output }) => ({
    does: `Obcina brzegi map, ${borderText(spec.cropping)}: na wejściu ${named(from)}, na wyjściu ${named(output)}.`,
    why: 'Rozmiar musi się zgadzać albo na brzegach jest to, co wymyśliło dopełnienie.',
    values: 'Tyle, o ile rozmiar jest za duży.'
  })
}

export const polishUnknown: Explanation = {
  does: 'To, co robi, zależy od wejścia, a ono będzie znane dopiero po naprawieniu tego, co stoi przed nią.',
  why: '',
  values: ''
}
