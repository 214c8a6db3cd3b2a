import type { LayerExamination } from '../examination'
import type { Repair } from '../finding'
import type { RunCheck } from './check'

function repairOf({ spec, position }: LayerExamination): Repair {
  const network = 'generator'
  const tanh = { type: 'Activation', activation: 'tanh' } as const
  return {
    label: { en: 'End it in tanh', pl: 'Zakończ funkcją tanh' },
    edits: [
      'activation' in spec
        ? { kind: 'field', network, position, field: 'activation', value: 'tanh' }
        : { kind: 'insert', network, position: position + 1, layer: tanh }
    ]
  }
}

/** The seed notebook's first rule of thumb. */
export const outputNotTanh: RunCheck = {
  severity: 'warning',
  title: { en: 'a generator that does not end in tanh', pl: 'generator, który nie kończy się funkcją tanh' },
  why: {
    en: 'Pictures are scaled to −1 … 1, which is what tanh gives. Without it the generator must first learn to stay in that range, and what lies beyond is cut off in every picture it shows.',
    pl: 'Obrazy są przeskalowane do zakresu −1 … 1, a takie wartości daje tanh. Bez niej generator musi się najpierw nauczyć trzymać tego zakresu, a co wystaje, jest na każdym obrazie obcinane.'
  },
  find: ({ generator: { layers } }) => {
    const last = layers.at(-1)
    if (last === undefined || ('activation' in last.spec && last.spec.activation === 'tanh')) {
      return []
    }
    const activation = 'activation' in last.spec ? last.spec.activation : last.spec.type
    return [
      {
        network: 'generator',
        position: last.position,
        text: {
          en: {
            expected: 'activation "tanh" at the end',
            actual: `"${activation}"`,
            todo: 'end the generator in tanh'
          },
          pl: {
            expected: 'aktywacja „tanh” na końcu',
            actual: `„${activation}”`,
            todo: 'zakończ generator funkcją tanh'
          }
        },
        repair: repairOf(last)
      }
    ]
  }
}
