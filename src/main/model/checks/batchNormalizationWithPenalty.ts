import { newLayer } from '../../../shared/architecture/newLayer'
import type { LayerExamination } from '../examination'
import type { Found, RunCheck } from './check'
import { hasPenalty } from './penalty'

function found({ position }: LayerExamination, penalty: string): Found {
  return {
    network: 'discriminator',
    position,
    text: {
      en: {
        expected: `no batch normalisation with the gradient penalty ${penalty}`,
        actual: 'a BatchNormalization',
        todo: 'use LayerNormalization instead, or no gradient penalty'
      },
      pl: {
        expected: `brak normalizacji wsadowej przy karze za gradient ${penalty}`,
        actual: 'BatchNormalization',
        todo: 'użyj zamiast niej LayerNormalization albo zrezygnuj z kary'
      }
    },
    repair: {
      label: { en: 'Use LayerNormalization', pl: 'Użyj LayerNormalization' },
      edits: [{ kind: 'replace', network: 'discriminator', position, layer: newLayer('LayerNormalization') }]
    }
  }
}

export const batchNormalizationWithPenalty: RunCheck = {
  severity: 'error',
  title: {
    en: 'batch normalisation in a discriminator with a gradient penalty',
    pl: 'normalizacja wsadowa w dyskryminatorze z karą za gradient'
  },
  why: {
    en: 'The penalty is about the gradient of each picture by itself; batch normalisation mixes the pictures of a batch, so that there is no such gradient (Gulrajani et al. 2017, section 4).',
    pl: 'Kara dotyczy gradientu każdego obrazu z osobna, a normalizacja wsadowa miesza obrazy we wsadzie, więc takiego gradientu nie ma (Gulrajani i in. 2017, rozdział 4).'
  },
  find: ({ configuration: { loss }, discriminator }) =>
    hasPenalty(loss)
      ? discriminator.layers
          .filter(({ spec }) => spec.type === 'BatchNormalization')
          .map((layer) => found(layer, loss.gradientPenalty))
      : []
}
