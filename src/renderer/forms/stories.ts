import { translated } from '../text/translated.svelte'

/** The long story of each field: what it is for, what happens when it is too low or too high. By `fieldKey`. */
export const stories = translated<Readonly<Record<string, string>>>({
  en: {
    'data.crop':
      'Networks see squares. Cutting at the centre loses the edges but keeps every shape true, which suits most photographs. Padding keeps all of a picture, yet the generator then spends effort on learning black bars. Stretching keeps all as well and is right only where pictures are nearly square.',
    'data.flip':
      'Mirroring doubles the pictures for nothing where left and right mean nothing: flowers, faces, animals. Leave it off for digits, letters, logos and clothes with writing, or the generator will write backwards.',
    'data.classes':
      'A GAN without labels learns one distribution. The fewer kinds of things it holds, the sooner the pictures look right; frogs alone are much easier than all of CIFAR-10. Names are those of the folders or of the data set.',
    'optimizer.kind':
      'Adam adapts its step to each weight and corrects its first steps: the usual choice for GANs. RMSprop adapts as well, without that correction and without momentum: the choice of Chollet’s book, whose first steps are therefore large. SGD is the plain rule; GANs seldom get far with it.',
    'optimizer.learningRate':
      'The most important number of all. Too high, and losses jump, pictures turn into noise or one colour; too low, and nothing moves. 0.0002 is the DCGAN paper’s value with Adam. If the discriminator wins, halve its rate or double the generator’s before you touch anything else.',
    'optimizer.warmup':
      'Optimisers know nothing of the gradients’ size at first, and their first steps may be far too large: RMSprop’s can turn a whole generator black within ten iterations. 100 to 1 000 updates of warm-up prevent that and cost nothing afterwards. 0 is off.',
    'optimizer.decay':
      'Large steps find the neighbourhood, small ones settle in it. With 1e-5 the rate is halved after 100 000 iterations. 0 keeps it as it is, which is usual for GANs: both players keep moving anyway.',
    'optimizer.clipValue':
      'A safety belt against rare, huge gradients: each element is cut off at this size. It changes the gradient’s direction, so take the largest value that tames the spikes. Chollet’s book uses 1. Empty is off.',
    'optimizer.clipNorm':
      'The gentler belt: the gradient of each weight keeps its direction and is only made shorter. Try it first where losses spike. Empty is off.',
    'optimizer.rho':
      'The mean of squared gradients tells how large a step each weight can bear. With 0.9 it looks back some 10 iterations, with 0.99 some 100: steadier, but slower to notice that things changed.',
    'optimizer.momentum':
      'Keeps going where the last steps led. It smooths noise, but in a game of two players it also makes them overshoot one another: GANs do best with little or none.',
    'optimizer.epsilon':
      'Gradients near zero would be divided by nearly zero. A larger epsilon makes all steps a little smaller and calmer; 1e-7 is Keras’ value, 1e-8 the Adam paper’s.',
    'optimizer.beta1':
      'How much Adam trusts its past direction. The default 0.9 makes GANs swing; the DCGAN paper found 0.5 to be stable, and many later papers use 0.',
    'optimizer.beta2':
      'How long Adam remembers the size of gradients: with 0.999 some 1 000 iterations. 0.99 or 0.9 react faster, which helps where training changes its character quickly.',
    'optimizer.nesterov':
      'Looks at the gradient where momentum is about to lead instead of where one stands. Does nothing without momentum.',
    'loss.gradientPenalty':
      'A discriminator that changes abruptly teaches badly. R1 (Mescheder et al. 2018) is the calm choice for cross-entropy and works with any network; WGAN-GP (Gulrajani et al. 2017) belongs to the Wasserstein game, and to a discriminator without batch normalisation. Either needs a second backward pass: a step takes about half as long again.',
    'loss.penaltyWeight':
      'Too small, and the discriminator is as abrupt as without; too large, and it can hardly learn. 10 is the value of both papers; for R1 at small pictures 1 often does better.',
    'schedule.latentDistribution':
      'The Gaussian is the usual choice, and what exploring by spherical interpolation expects. A uniform distribution of the same variance has no rare, far latents: samples are a little more alike.',
    'loss.kind':
      'In the minimax game the generator’s gradient vanishes just when it needs it most: at first, when the discriminator is sure. The non-saturating loss has the same goal and a strong gradient there; Goodfellow et al. propose it in the same paper, and nearly everybody uses it. Least squares (LSGAN) never saturates and is forgiving; hinge is what large modern GANs use; Wasserstein needs the penalty WGAN-GP, and its loss then tells progress.',
    'loss.discriminatorSays':
      'Only a convention, as long as all parts keep to it. Most papers let 1 mean “real”; Chollet’s book lets it mean “generated”. It changes what the summary’s sigmoid says, and which labels the noise is added to.',
    'loss.realTarget':
      'With 0.9 the discriminator is punished for being too sure about real pictures, so its gradients stay useful (Salimans et al. 2016). Only the real side is smoothed: smoothing the generated side would reward the generator’s present mistakes.',
    'loss.labelNoise':
      'A little uncertainty keeps the discriminator from memorising: 0.05 is the book’s value. More weakens it further; above 0.2 it may stop learning at all.',
    'schedule.steps':
      'One iteration updates both networks. Small networks show shapes after 1 000 to 3 000 iterations, good ones need 10 000 to 100 000. You can stop at any time and train a finished run further: nothing is lost.',
    'schedule.batchSize':
      'More pictures give a steadier gradient and cost proportionally more time and memory. 32 to 128 is usual; below 8, batch normalisation becomes unreliable.',
    'schedule.accumulate':
      'For a batch that the memory does not hold: its gradient is the mean of those of its parts, so that 4 parts need about a quarter of the memory for activations. Leave it at 1 unless memory runs out; with batch normalisation it is refused.',
    'schedule.discriminatorSteps':
      'The discriminator is the generator’s teacher. If it falls behind (D(G(z)) near 1), two steps make it a better one; they also cost its share of time twice.',
    'schedule.emaDecay':
      'The generator wanders around good solutions. The mean of its weights lies nearer to them than any single step: samples look calmer and sharper. 0.999 averages over some 1 000 iterations; longer runs bear 0.9999.',
    'schedule.seed':
      'All randomness comes from it: first weights, order of pictures, latents, noise. Change it to see whether a result was luck; keep it to change one setting and see what that does.',
    'output.logEvery':
      'Each line holds the losses and scores of one iteration. 1 is fine: even 200 000 lines are a few tens of megabytes, and the charts thin them out.',
    'output.sampleEvery':
      'Each grid is one frame of the film. Every 100 iterations is a good pace; making a grid costs about as much as one iteration, so very small values slow training down.',
    'output.sampleCount':
      'The same latents each time, so that you can watch single pictures grow. 64 make an 8 × 8 grid; more show more variety and cost more time.',
    'output.checkpointEvery':
      'A checkpoint is everything that is needed to go on exactly. After a crash, at most this many iterations are done again.',
    'output.scoreEvery':
      'Losses don’t tell how good pictures are; scores compare them with real ones. Measuring takes time, so it is skipped where it would slow training by more than 5 %.',
    'output.keepCheckpoints':
      'Checkpoints are large: all weights and the optimisers’ memory. The newest ones are kept to go on from; those that you pinned are never removed.',
    'output.keepBest':
      'The last state is not always the best one. So many of the best by score are kept besides the newest.',
    'output.keepBestBy':
      'The sliced Wasserstein distance compares small patches at several scales: smaller is better. MS-SSIM tells how alike generated pictures are to each other: it should be near that of the real ones, and higher means too little variety.',
    'output.keepInterval':
      'A sparse history for later: one checkpoint every so many iterations is kept for good, to compare or to branch from.',
    'output.keepFree':
      'A full disk harms other programs as well. Training saves and pauses before less than this is left.'
  },
  pl: {
    'data.crop':
      'Sieci widzą kwadraty. Wycięcie środka gubi brzegi, ale zachowuje wszystkie kształty i pasuje do większości zdjęć. Czarne pasy zachowują cały obraz, lecz generator traci siły na naukę pasów. Rozciągnięcie też zachowuje wszystko i ma sens tylko przy obrazach prawie kwadratowych.',
    'data.flip':
      'Odbicie podwaja liczbę obrazów za darmo tam, gdzie lewo i prawo nic nie znaczą: kwiaty, twarze, zwierzęta. Nie włączaj go dla cyfr, liter, znaków i ubrań z napisami, bo generator zacznie pisać wspak.',
    'data.classes':
      'GAN bez etykiet uczy się jednego rozkładu. Im mniej rodzajów rzeczy, tym szybciej obrazy wyglądają dobrze; same żaby są dużo łatwiejsze niż całe CIFAR-10. Nazwy to nazwy folderów albo klas zbioru.',
    'optimizer.kind':
      'Adam dopasowuje krok do każdej wagi i koryguje pierwsze kroki: zwykły wybór dla GAN-ów. RMSprop też dopasowuje, ale bez tej korekty i bez pędu: wybór z książki Cholleta, dlatego jego pierwsze kroki są duże. SGD to reguła najprostsza; GAN-y rzadko dochodzą z nią daleko.',
    'optimizer.learningRate':
      'Najważniejsza liczba ze wszystkich. Za duża: straty skaczą, obrazy zmieniają się w szum albo jeden kolor; za mała: nic się nie rusza. 0,0002 to wartość z artykułu o DCGAN dla Adama. Gdy wygrywa dyskryminator, najpierw zmniejsz jego współczynnik o połowę albo podwój współczynnik generatora.',
    'optimizer.warmup':
      'Optymalizator nie zna na początku wielkości gradientów i jego pierwsze kroki bywają o wiele za duże: RMSprop potrafi w dziesięć iteracji zaczernić cały generator. 100–1 000 aktualizacji rozgrzewki temu zapobiega i nic później nie kosztuje. 0 wyłącza.',
    'optimizer.decay':
      'Duże kroki znajdują okolicę, małe osiadają w niej. Przy 1e-5 współczynnik spada o połowę po 100 000 iteracji. 0 nic nie zmienia i przy GAN-ach jest normą: obaj gracze i tak są w ruchu.',
    'optimizer.clipValue':
      'Pas bezpieczeństwa przed rzadkimi, ogromnymi gradientami: każdy element jest obcinany do tej wielkości. Zmienia to kierunek gradientu, więc weź największą wartość, która gasi skoki. W książce Cholleta: 1. Puste wyłącza.',
    'optimizer.clipNorm':
      'Łagodniejszy pas: gradient każdej wagi zachowuje kierunek i tylko się skraca. Spróbuj go najpierw, gdy straty skaczą. Puste wyłącza.',
    'optimizer.rho':
      'Średnia kwadratów gradientów mówi, jak duży krok zniesie każda waga. Przy 0,9 sięga około 10 iteracji wstecz, przy 0,99 około 100: jest stabilniejsza, ale później zauważa zmiany.',
    'optimizer.momentum':
      'Idzie dalej tam, dokąd prowadziły ostatnie kroki. Wygładza szum, ale w grze dwóch graczy sprawia też, że się mijają: GAN-om służy mały pęd albo żaden.',
    'optimizer.epsilon':
      'Gradienty bliskie zeru byłyby dzielone niemal przez zero. Większy epsilon czyni wszystkie kroki nieco mniejszymi i spokojniejszymi; 1e-7 to wartość z Kerasa, 1e-8 z artykułu o Adamie.',
    'optimizer.beta1':
      'Jak bardzo Adam ufa dotychczasowemu kierunkowi. Przy domyślnych 0,9 GAN-y się rozkołysują; autorzy DCGAN uznali 0,5 za stabilne, a wiele późniejszych prac używa 0.',
    'optimizer.beta2':
      'Jak długo Adam pamięta wielkość gradientów: przy 0,999 około 1 000 iteracji. 0,99 lub 0,9 reagują szybciej, co pomaga, gdy trening szybko zmienia charakter.',
    'optimizer.nesterov':
      'Patrzy na gradient tam, dokąd zaraz zaprowadzi pęd, a nie tam, gdzie się stoi. Bez pędu nic nie robi.',
    'loss.gradientPenalty':
      'Dyskryminator, który zmienia się gwałtownie, źle uczy. R1 (Mescheder i in. 2018) to spokojny wybór dla entropii krzyżowej i działa z każdą siecią; WGAN-GP (Gulrajani i in. 2017) należy do gry Wassersteina i do dyskryminatora bez normalizacji wsadowej. Obie wymagają drugiego przejścia wstecz: krok trwa mniej więcej o połowę dłużej.',
    'loss.penaltyWeight':
      'Za mała: dyskryminator jest równie gwałtowny jak bez niej; za duża: prawie nie może się uczyć. 10 to wartość z obu artykułów; dla R1 przy małych obrazach często lepsza jest 1.',
    'schedule.latentDistribution':
      'Rozkład normalny to zwykły wybór, którego oczekuje też interpolacja sferyczna w Eksploracji. Jednostajny o tej samej wariancji nie ma rzadkich, dalekich wektorów: próbki są trochę bardziej podobne.',
    'loss.kind':
      'W grze minimaks gradient generatora znika właśnie wtedy, gdy jest najbardziej potrzebny: na początku, gdy dyskryminator jest pewny siebie. Strata nienasycająca się ma ten sam cel i silny gradient; Goodfellow i in. proponują ją w tym samym artykule i prawie wszyscy jej używają. Najmniejsze kwadraty (LSGAN) nigdy się nie nasycają i dużo wybaczają; zawiasy stosują duże współczesne GAN-y; gra Wassersteina potrzebuje kary WGAN-GP, ale jej strata pokazuje wtedy postęp.',
    'loss.discriminatorSays':
      'To tylko umowa, byle wszyscy się jej trzymali. W większości prac 1 znaczy „prawdziwy”, w książce Cholleta „wygenerowany”. Zmienia to sens sigmoidy w podsumowaniu i etykiety, do których dodawany jest szum.',
    'loss.realTarget':
      'Przy 0,9 dyskryminator płaci za nadmierną pewność wobec prawdziwych obrazów, więc jego gradienty pozostają użyteczne (Salimans i in. 2016). Wygładza się tylko prawdziwą stronę: wygładzanie drugiej nagradzałoby obecne błędy generatora.',
    'loss.labelNoise':
      'Odrobina niepewności nie pozwala dyskryminatorowi uczyć się na pamięć: w książce 0,05. Więcej osłabia go dalej; powyżej 0,2 może przestać się uczyć.',
    'schedule.steps':
      'Jedna iteracja aktualizuje obie sieci. Małe sieci pokazują kształty po 1 000–3 000 iteracji, dobre potrzebują 10 000–100 000. Trening można w każdej chwili zatrzymać, a ukończony przebieg trenować dalej: nic nie przepada.',
    'schedule.batchSize':
      'Więcej obrazów daje spokojniejszy gradient i proporcjonalnie więcej czasu i pamięci. Zwykle 32–128; poniżej 8 normalizacja wsadowa staje się zawodna.',
    'schedule.accumulate':
      'Dla wsadu, który nie mieści się w pamięci: jego gradient jest średnią gradientów części, więc 4 części potrzebują około czwartej części pamięci na aktywacje. Zostaw 1, dopóki pamięci nie zabraknie; z normalizacją wsadową jest odrzucane.',
    'schedule.discriminatorSteps':
      'Dyskryminator jest nauczycielem generatora. Gdy zostaje w tyle (D(G(z)) bliskie 1), dwa kroki czynią go lepszym; kosztuje to dwa razy jego część czasu.',
    'schedule.emaDecay':
      'Generator krąży wokół dobrych rozwiązań. Średnia jego wag leży bliżej nich niż każdy pojedynczy krok: próbki są spokojniejsze i ostrzejsze. 0,999 uśrednia około 1 000 iteracji; dłuższe przebiegi zniosą 0,9999.',
    'schedule.seed':
      'Z niego bierze się cała losowość: pierwsze wagi, kolejność obrazów, wektory ukryte, szum. Zmień je, by sprawdzić, czy wynik nie był przypadkiem; zostaw, by zmienić jedno ustawienie i zobaczyć skutek.',
    'output.logEvery':
      'Każdy wiersz zawiera straty i oceny jednej iteracji. 1 wystarczy: nawet 200 000 wierszy to kilkadziesiąt megabajtów, a wykresy same je przerzedzają.',
    'output.sampleEvery':
      'Każda siatka to jedna klatka filmu. Co 100 iteracji to dobre tempo; siatka kosztuje mniej więcej tyle co iteracja, więc bardzo małe wartości spowalniają trening.',
    'output.sampleCount':
      'Zawsze te same wektory ukryte, więc widać, jak rosną pojedyncze obrazy. 64 tworzą siatkę 8 × 8; więcej pokazuje większą różnorodność i trwa dłużej.',
    'output.checkpointEvery':
      'Punkt kontrolny to wszystko, czego trzeba, by ruszyć dokładnie dalej. Po awarii powtarza się najwyżej tyle iteracji.',
    'output.scoreEvery':
      'Straty nie mówią, jak dobre są obrazy; oceny porównują je z prawdziwymi. Pomiar trwa, więc jest pomijany, gdy spowolniłby trening o ponad 5 %.',
    'output.keepCheckpoints':
      'Punkty kontrolne są duże: wszystkie wagi i pamięć optymalizatorów. Najnowsze zostają, by od nich ruszyć dalej; przypięte nie znikają nigdy.',
    'output.keepBest':
      'Ostatni stan nie zawsze jest najlepszy. Tyle najlepszych według oceny zostaje obok najnowszych.',
    'output.keepBestBy':
      'Odległość Wassersteina (SWD) porównuje małe wycinki w kilku skalach: mniejsza jest lepsza. MS-SSIM mówi, jak podobne są do siebie wygenerowane obrazy: powinno być bliskie wartości prawdziwych, a wyższe oznacza zbyt małą różnorodność.',
    'output.keepInterval':
      'Rzadka historia na później: co tyle iteracji jeden punkt zostaje na stałe, do porównań i rozgałęzień.',
    'output.keepFree':
      'Pełny dysk szkodzi też innym programom. Trening zapisze się i wstrzyma, zanim zostanie mniej miejsca.'
  }
})
