import type { Edit } from '../../../shared/architecture/edits'
import { newLayer } from '../../../shared/architecture/newLayer'
import type { LossConfiguration } from '../../../shared/config/runConfiguration'
import type { NetworkExamination } from '../examination'
import type { Repair } from '../finding'
import type { RunCheck } from './check'
import { hasPenalty } from './penalty'

/** Whether the labels are numbers that can be made noisy or soft. */
const hasLabels = ({ kind }: LossConfiguration): boolean => kind === 'non-saturating' || kind === 'minimax'

const hasSoftLabels = (loss: LossConfiguration): boolean =>
  hasLabels(loss) && (loss.labelNoise > 0 || loss.realTarget < 1)

/** Dropout draws at random; batch normalisation makes a picture's result depend on the random batch it is in. */
const isRandom = ({ layers }: NetworkExamination): boolean =>
  layers.some(({ spec }) => (spec.type === 'Dropout' && spec.rate > 0) || spec.type === 'BatchNormalization')

function repairOf(loss: LossConfiguration, { layers }: NetworkExamination): Repair {
  if (hasLabels(loss)) {
    const edit: Edit = { kind: 'setting', path: ['loss', 'labelNoise'], value: 0.05 }
    return { label: { en: 'Add label noise 0.05', pl: 'Dodaj szum etykiet 0,05' }, edits: [edit] }
  }
  const position = Math.max(0, layers.length - 1)
  const edit: Edit = { kind: 'insert', network: 'discriminator', position, layer: newLayer('Dropout') }
  return { label: { en: 'Add a Dropout', pl: 'Dodaj warstwę Dropout' }, edits: [edit] }
}

/** The seed notebook's third rule of thumb. */
export const noRandomness: RunCheck = {
  severity: 'warning',
  title: {
    en: 'a discriminator that nothing keeps from learning by heart: no dropout, no batch normalisation, no label noise or smoothing, no gradient penalty',
    pl: 'dyskryminator, któremu nic nie przeszkadza uczyć się na pamięć: bez dropoutu, normalizacji wsadowej, szumu lub wygładzania etykiet i kary za gradient'
  },
  why: {
    en: 'GANs fall into local optima very easily. Randomness in the discriminator keeps it from being certain too soon, after which the generator would learn nothing more.',
    pl: 'GAN bardzo łatwo wpada w lokalne optima. Losowość w dyskryminatorze nie pozwala mu zbyt szybko nabrać pewności, po której generator niczego by się już nie nauczył.'
  },
  find: ({ configuration: { loss }, discriminator }) => {
    if (isRandom(discriminator) || hasSoftLabels(loss) || hasPenalty(loss)) {
      return []
    }
    return [
      {
        network: 'discriminator',
        position: null,
        text: {
          en: {
            expected: 'dropout, label noise or something else that is random',
            actual: 'none',
            todo: 'add a Dropout layer or label noise'
          },
          pl: {
            expected: 'dropout, szum etykiet lub inna losowość',
            actual: 'brak',
            todo: 'dodaj warstwę Dropout albo szum etykiet'
          }
        },
        repair: repairOf(loss, discriminator)
      }
    ]
  }
}
