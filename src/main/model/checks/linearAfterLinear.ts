import type { LayerSpec, LayerType } from '../../../shared/architecture/layers'
import type { ArchitectureExamination, LayerExamination, NetworkExamination } from '../examination'
import type { Found, RunCheck } from './check'
import { insertLeakyReLU } from './leakyReLU'

/** Layers that compute a weighted sum; a depthwise one is half of a separable one, which is linear inside. */
const sums: ReadonlySet<LayerType> = new Set(['Dense', 'Conv2D', 'Conv2DTranspose', 'SeparableConv2D'])

/** Layers through which a linear function stays one. */
const linear: ReadonlySet<LayerType> = new Set([
  'BatchNormalization',
  'Dropout',
  'UpSampling2D',
  'AveragePooling2D',
  'GlobalAveragePooling2D',
  'Flatten',
  'Reshape',
  'Permute',
  'ZeroPadding2D',
  'Cropping2D'
])

const isLinear = (spec: LayerSpec): boolean => !('activation' in spec) || spec.activation === 'linear'

interface Pair {
  readonly first: LayerExamination
  readonly second: LayerExamination
}

/** Weighted sums of weighted sums; each layer is looked at once. */
function pairsOf({ layers }: NetworkExamination): readonly Pair[] {
  /** By name: the weighted sum that reaches a layer's output without anything non-linear. */
  const reaching = new Map<string, LayerExamination>()
  const pairs = new Map<LayerExamination, Pair>()
  for (const layer of layers) {
    const { name, spec, inputs } = layer
    const before = inputs.length === 1 ? reaching.get(inputs[0]!) : undefined
    if (sums.has(spec.type) && before !== undefined && !pairs.has(before)) {
      pairs.set(before, { first: before, second: layer })
    }
    const reaches = sums.has(spec.type) ? layer : before
    if (reaches !== undefined && isLinear(spec) && (sums.has(spec.type) || linear.has(spec.type))) {
      reaching.set(name, reaches)
    }
  }
  return [...pairs.values()]
}

/** Right after the layer, or after the batch normalisation that belongs to it. */
function activationPosition({ layers }: NetworkExamination, { position }: LayerExamination): number {
  return layers[position + 1]?.spec.type === 'BatchNormalization' ? position + 2 : position + 1
}

function find(examined: ArchitectureExamination, network: NetworkExamination): readonly Found[] {
  return pairsOf(network).map(({ first, second }) => ({
    network: network.role,
    position: first.position,
    text: {
      en: {
        expected: `an activation between it and ${second.name} (${second.spec.type})`,
        actual: 'none',
        todo: 'put a LeakyReLU after it'
      },
      pl: {
        expected: `aktywacja między nią a ${second.name} (${second.spec.type})`,
        actual: 'brak',
        todo: 'wstaw po niej LeakyReLU'
      }
    },
    repair: {
      label: { en: 'Put a LeakyReLU after it', pl: 'Wstaw po niej LeakyReLU' },
      edits: [insertLeakyReLU(examined, network.role, activationPosition(network, first))]
    }
  }))
}

/** The seed notebook's second mistake: the result of an activation went to another name. */
export const linearAfterLinear: RunCheck = {
  severity: 'warning',
  title: {
    en: 'two layers with weights in a row with nothing non-linear between them',
    pl: 'dwie warstwy z wagami pod rząd, między którymi nie ma nic nieliniowego'
  },
  why: {
    en: 'A weighted sum of weighted sums is one weighted sum: two such layers can express no more than a single one, yet cost the time and memory of two.',
    pl: 'Suma ważona sum ważonych to nadal jedna suma ważona: dwie takie warstwy nie wyrażą więcej niż jedna, a kosztują czas i pamięć dwóch.'
  },
  find: (run) => [...find(run, run.generator), ...find(run, run.discriminator)]
}
