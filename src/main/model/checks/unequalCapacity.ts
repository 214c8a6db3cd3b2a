import { type NetworkExamination, parametersOf } from '../examination'
import type { RunCheck } from './check'

/** The book's pair stands at 8. */
const tolerated = 10

const countOf = ({ layers }: NetworkExamination): number =>
  layers.reduce((sum, { weights }) => sum + parametersOf(weights ?? []), 0)

const times = (factor: number): string => `${Math.round(factor)}`

export const unequalCapacity: RunCheck = {
  severity: 'warning',
  title: {
    en: `one network with more than ${tolerated} times the parameters of the other`,
    pl: `sieć mająca ponad ${tolerated} razy więcej parametrów niż druga`
  },
  why: {
    en: 'The two networks teach each other; where one is far stronger it wins at once, and neither learns any more.',
    pl: 'Sieci uczą się od siebie nawzajem; gdy jedna jest o wiele silniejsza, wygrywa od razu i żadna się już nie uczy.'
  },
  find: ({ generator, discriminator }) => {
    const [made, judged] = [countOf(generator), countOf(discriminator)]
    const [large, small] = [Math.max(made, judged), Math.min(made, judged)]
    if (small === 0 || large / small <= tolerated) {
      return []
    }
    return [
      {
        network: made > judged ? 'generator' : 'discriminator',
        position: null,
        text: {
          en: {
            expected: `at most ${tolerated} times the parameters of the other network`,
            actual: `${times(large / small)} times as many (${large} and ${small})`,
            todo: 'make it smaller, or the other one larger'
          },
          pl: {
            expected: `najwyżej ${tolerated} razy więcej parametrów niż w drugiej sieci`,
            actual: `${times(large / small)} razy więcej (${large} i ${small})`,
            todo: 'zmniejsz ją albo powiększ drugą'
          }
        },
        repair: null
      }
    ]
  }
}
