import type { Activation } from '../../../shared/architecture/layers'
import type { RunCheck } from './check'
import { toLeakyReLU } from './leakyReLU'
import { hasPenalty } from './penalty'

const saturating: ReadonlySet<Activation> = new Set(['sigmoid', 'hardSigmoid', 'tanh', 'softsign'])

export const saturatingWithPenalty: RunCheck = {
  severity: 'warning',
  title: {
    en: 'sigmoid or tanh inside a discriminator with a gradient penalty',
    pl: 'sigmoida lub tanh wewnątrz dyskryminatora z karą za gradient'
  },
  why: {
    en: 'The penalty asks for gradients of a certain size; a function that flattens out has none at its ends, so the discriminator is driven to where it can’t learn.',
    pl: 'Kara wymaga gradientów o określonej wielkości, a funkcja, która się wypłaszcza, na końcach ich nie ma; dyskryminator jest więc spychany tam, gdzie nie może się uczyć.'
  },
  find: (run) =>
    hasPenalty(run.configuration.loss)
      ? run.discriminator.layers.flatMap((layer) => {
          const { spec, position } = layer
          return 'activation' in spec &&
            saturating.has(spec.activation) &&
            position < run.discriminator.layers.length - 1
            ? [
                {
                  network: 'discriminator' as const,
                  position,
                  text: {
                    en: {
                      expected: 'an activation that does not flatten out, as LeakyReLU',
                      actual: `"${spec.activation}" with the gradient penalty ${run.configuration.loss.gradientPenalty}`,
                      todo: 'make it a LeakyReLU'
                    },
                    pl: {
                      expected: 'aktywacja, która się nie wypłaszcza, na przykład LeakyReLU',
                      actual: `„${spec.activation}” przy karze za gradient ${run.configuration.loss.gradientPenalty}`,
                      todo: 'zamień na LeakyReLU'
                    }
                  },
                  repair: toLeakyReLU(run, 'discriminator', layer)
                }
              ]
            : []
        })
      : []
}
