import { type LayerExamination, type NetworkExamination, parametersOf } from '../examination'
import type { BuildCheck, Found } from './check'

/** 2²⁸ parameters are 1 GiB; with gradients, slots and averages several times that. */
const maxParameters = 2 ** 28

const countOf = ({ weights }: LayerExamination): number => parametersOf(weights ?? [])

function find({ role, layers }: NetworkExamination): readonly Found[] {
  const total = layers.reduce((sum, layer) => sum + countOf(layer), 0)
  if (total <= maxParameters) {
    return []
  }
  const largest = layers.reduce((a, b) => (countOf(b) > countOf(a) ? b : a))
  const inLayer = countOf(largest)
  return [
    {
      network: role,
      position: largest.position,
      text: {
        en: {
          expected: `a network of at most ${maxParameters} parameters`,
          actual: `${total}, of which ${inLayer} in this layer`,
          todo: 'use fewer units or filters'
        },
        pl: {
          expected: `sieć mająca najwyżej ${maxParameters} parametrów`,
          actual: `${total}, z czego ${inLayer} w tej warstwie`,
          todo: 'użyj mniej jednostek lub filtrów'
        }
      },
      repair: null
    }
  ]
}

export const networkTooLarge: BuildCheck = {
  title: { en: 'a network that no memory holds', pl: 'sieć, której nie pomieści żadna pamięć' },
  why: {
    en: 'Each parameter takes 4 bytes, and several times that in training: for its gradient, its average and the optimiser.',
    pl: 'Każdy parametr zajmuje 4 bajty, a w treningu kilka razy tyle: na gradient, średnią i optymalizator.'
  },
  find: ({ generator, discriminator }) => [...find(generator), ...find(discriminator)]
}
