import type { LayerType } from '../../../shared/architecture/layers'
import { translated } from '../../text/translated.svelte'

export const layerGroups = [
  'convolutions',
  'activations',
  'normalisation',
  'shape',
  'size',
  'joining',
  'other'
] as const
export type LayerGroup = (typeof layerGroups)[number]

/** The menu of layers: groups in their order, each with its types, the most used first. */
export const layersOfGroup: Readonly<Record<LayerGroup, readonly LayerType[]>> = {
  convolutions: ['Conv2D', 'Conv2DTranspose', 'Dense', 'SeparableConv2D', 'DepthwiseConv2D'],
  activations: ['LeakyReLU', 'ReLU', 'Activation', 'PReLU', 'ELU'],
  normalisation: ['BatchNormalization', 'LayerNormalization', 'Dropout'],
  shape: ['Reshape', 'Flatten', 'Permute'],
  size: ['UpSampling2D', 'AveragePooling2D', 'MaxPooling2D', 'GlobalAveragePooling2D', 'ZeroPadding2D', 'Cropping2D'],
  joining: ['Add', 'Concatenate', 'Multiply'],
  other: ['Embedding']
}

interface LayerTypeText {
  readonly groups: Readonly<Record<LayerGroup, string>>
  /** One line each: what a layer of this type does. */
  readonly meanings: Readonly<Record<LayerType, string>>
}

export const layerTypeText = translated<LayerTypeText>({
  en: {
    groups: {
      convolutions: 'Layers that learn',
      activations: 'Activations',
      normalisation: 'Normalising, dropping out',
      shape: 'Other shape, same numbers',
      size: 'Larger or smaller pictures',
      joining: 'Several inputs',
      other: 'Words'
    },
    meanings: {
      Conv2D: 'finds local patterns; with strides it shrinks the picture',
      Conv2DTranspose: 'draws local patterns; with strides it enlarges the picture',
      Dense: 'every output from every input',
      SeparableConv2D: 'a convolution in two cheap parts',
      DepthwiseConv2D: 'a convolution of each map by itself',
      LeakyReLU: 'lets negative numbers through a little',
      ReLU: 'cuts negative numbers off',
      Activation: 'tanh, sigmoid and others',
      PReLU: 'LeakyReLU whose slope is learnt',
      ELU: 'bends negative numbers smoothly',
      BatchNormalization: 'mean 0 and deviation 1 over the batch',
      LayerNormalization: 'mean 0 and deviation 1 in each picture',
      Dropout: 'drops numbers at random while it trains',
      Reshape: 'a vector becomes maps, for instance',
      Flatten: 'maps become one vector',
      Permute: 'axes change their order',
      UpSampling2D: 'repeats or blends pixels',
      AveragePooling2D: 'means of neighbouring pixels',
      MaxPooling2D: 'the greatest of neighbouring pixels',
      GlobalAveragePooling2D: 'one mean for each map',
      ZeroPadding2D: 'adds a border of zeros',
      Cropping2D: 'cuts the border off',
      Add: 'sums layers: a skip connection',
      Concatenate: 'joins the maps of several layers',
      Multiply: 'multiplies layers, as a gate',
      Embedding: 'learns a vector for each word'
    }
  },
  pl: {
    groups: {
      convolutions: 'Warstwy, które się uczą',
      activations: 'Aktywacje',
      normalisation: 'Normalizacja i losowe pomijanie',
      shape: 'Inny kształt, te same liczby',
      size: 'Większy lub mniejszy obraz',
      joining: 'Kilka wejść',
      other: 'Słowa'
    },
    meanings: {
      Conv2D: 'znajduje lokalne wzory; z krokiem zmniejsza obraz',
      Conv2DTranspose: 'rysuje lokalne wzory; z krokiem powiększa obraz',
      Dense: 'każde wyjście ze wszystkich wejść',
      SeparableConv2D: 'splot w dwóch tanich częściach',
      DepthwiseConv2D: 'osobny splot każdej mapy',
      LeakyReLU: 'trochę przepuszcza liczby ujemne',
      ReLU: 'obcina liczby ujemne',
      Activation: 'tanh, sigmoid i inne',
      PReLU: 'LeakyReLU z wyuczonym nachyleniem',
      ELU: 'gładko zgina liczby ujemne',
      BatchNormalization: 'średnia 0 i odchylenie 1 we wsadzie',
      LayerNormalization: 'średnia 0 i odchylenie 1 w każdym obrazie',
      Dropout: 'w treningu losowo pomija liczby',
      Reshape: 'na przykład wektor staje się mapami',
      Flatten: 'mapy stają się jednym wektorem',
      Permute: 'osie zmieniają kolejność',
      UpSampling2D: 'powtarza lub miesza piksele',
      AveragePooling2D: 'średnie sąsiednich pikseli',
      MaxPooling2D: 'największy z sąsiednich pikseli',
      GlobalAveragePooling2D: 'jedna średnia z każdej mapy',
      ZeroPadding2D: 'dodaje brzeg z zer',
      Cropping2D: 'obcina brzeg',
      Add: 'sumuje warstwy: połączenie skrótowe',
      Concatenate: 'łączy mapy kilku warstw',
      Multiply: 'mnoży warstwy, jak bramka',
      Embedding: 'uczy się wektora dla każdego słowa'
    }
  }
})
