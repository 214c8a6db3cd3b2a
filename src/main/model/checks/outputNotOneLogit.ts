import { newLayer } from '../../../shared/architecture/newLayer'
import type { LayerExamination } from '../examination'
import type { Repair } from '../finding'
import { formatShape, isSameShape } from '../shapes'
import type { BuildCheck } from './check'

function repairOf({ spec, position, inputShapes }: LayerExamination): Repair {
  const network = 'discriminator'
  const label = { en: 'End it in one number', pl: 'Zakończ jedną liczbą' }
  if (spec.type === 'Dense' && inputShapes[0]?.length === 1) {
    return { label, edits: [{ kind: 'field', network, position, field: 'units', value: 1 }] }
  }
  const one = { ...newLayer('Dense'), units: 1 }
  return {
    label,
    edits: [
      { kind: 'insert', network, position: position + 1, layer: newLayer('Flatten') },
      { kind: 'insert', network, position: position + 2, layer: one }
    ]
  }
}

export const outputNotOneLogit: BuildCheck = {
  title: {
    en: 'a discriminator that does not end in one number',
    pl: 'dyskryminator, który nie kończy się jedną liczbą'
  },
  why: {
    en: 'The discriminator answers one question, real or generated, with one number a picture.',
    pl: 'Dyskryminator odpowiada na jedno pytanie, prawdziwy czy wygenerowany, jedną liczbą na obraz.'
  },
  find: ({ discriminator: { outputShape, layers } }) => {
    const last = layers.at(-1)
    if (last === undefined || outputShape === null || isSameShape(outputShape, [1])) {
      return []
    }
    const actual = formatShape(outputShape)
    return [
      {
        network: 'discriminator',
        position: last.position,
        text: {
          en: {
            expected: `an output of shape 1: one logit a picture`,
            actual,
            todo: 'end it with Flatten and Dense of one unit'
          },
          pl: {
            expected: 'wyjście o kształcie 1, czyli jeden logit na obraz',
            actual,
            todo: 'zakończ ją warstwami Flatten i Dense z jedną jednostką'
          }
        },
        repair: repairOf(last)
      }
    ]
  }
}
