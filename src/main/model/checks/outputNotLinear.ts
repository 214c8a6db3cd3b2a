import type { BuildCheck } from './check'

/** The losses take logits: a sigmoid at the end would be applied twice. */
export const outputNotLinear: BuildCheck = {
  title: {
    en: 'an activation at the end of the discriminator',
    pl: 'aktywacja na końcu dyskryminatora'
  },
  why: {
    en: 'The loss applies the sigmoid itself, in a form that never overflows; a second one would flatten the gradient.',
    pl: 'Sigmoidę stosuje sama funkcja straty, w postaci, która nigdy się nie przepełnia; druga spłaszczyłaby gradient.'
  },
  find: ({ discriminator: { layers } }) => {
    const last = layers.at(-1)
    if (last === undefined || !('activation' in last.spec) || last.spec.activation === 'linear') {
      return []
    }
    const { position, spec } = last
    const { activation } = spec
    const network = 'discriminator'
    return [
      {
        network,
        position,
        text: {
          en: {
            expected: 'activation "linear", since the loss takes logits and applies the sigmoid itself',
            actual: `"${activation}"`,
            todo: 'set its activation to "linear"'
          },
          pl: {
            expected: 'aktywacja „linear”, bo strata przyjmuje logity i sama stosuje sigmoidę',
            actual: `„${activation}”`,
            todo: 'ustaw jej aktywację na „linear”'
          }
        },
        repair: {
          label: { en: 'Make it linear', pl: 'Ustaw „linear”' },
          edits: [
            spec.type === 'Activation' && layers.length > 1
              ? { kind: 'remove', network, position }
              : { kind: 'field', network, position, field: 'activation', value: 'linear' }
          ]
        }
      }
    ]
  }
}
