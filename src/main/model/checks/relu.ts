import { type Role, roles } from '../../../shared/architecture/roles'
import type { LayerExamination, NetworkExamination } from '../examination'
import type { Found, PlannedRun, RunCheck } from './check'
import { toLeakyReLU } from './leakyReLU'

const isRelu = ({ spec }: LayerExamination): boolean =>
  spec.type === 'ReLU' || ('activation' in spec && (spec.activation === 'relu' || spec.activation === 'relu6'))

/**
 * Names of the batch normalisations on which a ReLU does no harm: those of the generator, as in DCGAN (Radford et al.
 * 2016). About half of a normalised map is above 0 at any time, so no unit is shut off for good.
 */
const normalizations = ({ role, layers }: NetworkExamination): ReadonlySet<string> =>
  new Set(
    layers.flatMap(({ name, spec }) => (role === 'generator' && spec.type === 'BatchNormalization' ? [name] : []))
  )

function found(run: PlannedRun, network: Role, layer: LayerExamination): Found {
  return {
    network,
    position: layer.position,
    text: {
      en: { expected: 'LeakyReLU', actual: 'ReLU', todo: 'make it a LeakyReLU' },
      pl: { expected: 'LeakyReLU', actual: 'ReLU', todo: 'zamień na LeakyReLU' }
    },
    repair: toLeakyReLU(run, network, layer)
  }
}

/** The seed notebook's fourth rule of thumb, its second half. */
export const relu: RunCheck = {
  severity: 'warning',
  title: {
    en: 'ReLU, except on batch normalisation in the generator',
    pl: 'ReLU, chyba że stoi w generatorze po normalizacji wsadowej'
  },
  why: {
    en: 'ReLU passes no gradient on below 0, and a unit that always is stays so for ever; LeakyReLU lets a little through. In GANs such sparse gradients hurt.',
    pl: 'ReLU poniżej zera nie przepuszcza gradientu, a jednostka, która zawsze tam jest, już się nie obudzi; LeakyReLU trochę przepuszcza. W GAN-ach rzadkie gradienty szkodzą.'
  },
  find: (run) =>
    roles.flatMap((network) => {
      const examined = run[network]
      const normalized = normalizations(examined)
      const isNormalized = ({ spec, inputs }: LayerExamination) =>
        spec.type === 'ReLU' && inputs.every((name) => normalized.has(name))
      const isEnd = ({ position }: LayerExamination) => position === examined.layers.length - 1
      return examined.layers
        .filter((layer) => isRelu(layer) && !isEnd(layer) && !isNormalized(layer))
        .map((layer) => found(run, network, layer))
    })
}
