import type { PolishField } from './polishFields'

const firstValues = {
  mean: { label: 'Średnia', meaning: 'Średnia pierwszych wartości.' },
  deviation: { label: 'Odchylenie', meaning: 'Odchylenie standardowe pierwszych wartości.' },
  low: { label: 'Najmniejsza', meaning: 'Najmniejsza z pierwszych wartości.' },
  high: { label: 'Największa', meaning: 'Największa z pierwszych wartości.' },
  value: { label: 'Wartość', meaning: 'Ta sama dla wszystkich.' }
}

const initializer = (path: string, kind: PolishField): Readonly<Record<string, PolishField>> => ({
  [`${path}.kind`]: kind,
  ...Object.fromEntries(Object.entries(firstValues).map(([name, field]) => [`${path}.${name}`, field]))
})

/** Names and meanings of the layers' fields. By path; where one path has several meanings, by the kind of field too. */
export const polishLayerFields: Readonly<Record<string, PolishField>> = {
  'layer.name': { label: 'Nazwa', meaning: 'Jedyna w swojej sieci; pusta powstaje z typu i miejsca.' },
  'layer.units': { label: 'Jednostki', meaning: 'Ile liczb wychodzi; każda ze wszystkich, które wchodzą.' },
  'layer.filters': { label: 'Filtry', meaning: 'Ile map powstaje: tyle rodzajów wzorów umie rozpoznać lub narysować.' },
  'layer.kernelSize': {
    label: 'Rozmiar jądra',
    meaning: 'Ile pikseli widzi naraz jedno wyjście: jedna liczba albo wysokość i szerokość.'
  },
  'layer.strides': { label: 'Krok', meaning: 'O ile pikseli przesuwa się okno.' },
  'layer.padding': {
    label: 'Brzegi',
    meaning: 'same dodaje zera dookoła i rozmiar wynika tylko z kroku; valid nie wychodzi poza obraz.'
  },
  'layer.padding:numbers': {
    label: 'Dopełnienie',
    meaning: 'Piksele z każdej strony; albo w pionie, w poziomie; albo góra, dół, lewo, prawo.'
  },
  'layer.cropping': {
    label: 'Przycięcie',
    meaning: 'Piksele z każdej strony; albo w pionie, w poziomie; albo góra, dół, lewo, prawo.'
  },
  'layer.dilationRate': { label: 'Rozrzedzenie', meaning: 'Odstęp pikseli jądra; 1 nie zostawia przerw.' },
  'layer.activation': { label: 'Aktywacja', meaning: 'Przez co przechodzi każda liczba; linear jej nie zmienia.' },
  'layer.useBias': { label: 'Bias', meaning: 'Dodaje do każdego wyjścia wyuczoną liczbę.' },
  ...initializer('layer.kernelInitializer', {
    label: 'Pierwsze wagi',
    meaning: 'Skąd wagi biorą pierwsze wartości.'
  }),
  ...initializer('layer.gammaInitializer', {
    label: 'Pierwsze mnożniki',
    meaning: 'Od czego zaczynają wyuczane mnożniki.'
  }),
  ...initializer('layer.alphaInitializer', {
    label: 'Pierwsze nachylenia',
    meaning: 'Od czego zaczynają wyuczane nachylenia.'
  }),
  'layer.depthMultiplier': { label: 'Mnożnik głębokości', meaning: 'Ile map powstaje z każdej, która wchodzi.' },
  'layer.momentum': { label: 'Bezwładność', meaning: 'Część średnich ruchomych, która zostaje po każdym wsadzie.' },
  'layer.epsilon': { label: 'Epsilon', meaning: 'Chroni przed dzieleniem przez odchylenie bliskie zeru.' },
  'layer.center': { label: 'Przesunięcie', meaning: 'Dodaje do każdej mapy wyuczoną liczbę.' },
  'layer.scale': { label: 'Skalowanie', meaning: 'Mnoży każdą mapę przez wyuczoną liczbę.' },
  'layer.rate': { label: 'Udział', meaning: 'Jaka część liczb jest losowo pomijana.' },
  'layer.size': { label: 'Powiększenie', meaning: 'Ile razy większy staje się obraz.' },
  'layer.interpolation': { label: 'Interpolacja', meaning: 'Powtarza piksele albo je miesza.' },
  'layer.poolSize': { label: 'Rozmiar okna', meaning: 'Ile pikseli staje się jednym.' },
  'layer.inputDim': { label: 'Słowa', meaning: 'Ile słów zna, na przykład klas.' },
  'layer.outputDim': { label: 'Długość wektora', meaning: 'Ilu liczb uczy się dla każdego słowa.' },
  'layer.axis': { label: 'Oś', meaning: 'Wzdłuż której osi łączy; −1 to kanały.' },
  'layer.maxValue': { label: 'Największa wartość', meaning: 'Obcina to, co większe.' },
  'layer.alpha': { label: 'Nachylenie', meaning: 'Jak mocno przechodzą liczby ujemne.' },
  'layer.sharedAxes': {
    label: 'Wspólne osie',
    meaning: 'Osie, które mają jedno nachylenie; 1, 2 daje każdej mapie jedno.'
  },
  'layer.targetShape': { label: 'Nowy kształt', meaning: 'Wysokość, szerokość, kanały.' },
  'layer.dims': { label: 'Kolejność osi', meaning: 'Osie w nowej kolejności, liczone od 1.' }
}
