import { type LayerOf, layerSchema } from '../../../shared/architecture/layers'
import { roles } from '../../../shared/architecture/roles'
import type { LayerExamination } from '../examination'
import type { RunCheck } from './check'
import { insertLeakyReLU } from './leakyReLU'

/** A convolution that makes maps as small as the pooling did. */
const convolutionFor = ({ poolSize, strides, padding }: LayerOf<'MaxPooling2D'>, channels: number) =>
  layerSchema.parse({ type: 'Conv2D', filters: channels, kernelSize: poolSize, strides: strides ?? poolSize, padding })

const channelsOf = ({ inputShapes }: LayerExamination): number | null => inputShapes[0]?.[2] ?? null

/** The seed notebook's fourth rule of thumb, its first half. */
export const maxPooling: RunCheck = {
  severity: 'warning',
  title: { en: 'max pooling', pl: 'warstwa MaxPooling2D' },
  why: {
    en: 'Only the largest pixel of each window passes a gradient on; such sparse gradients make GANs unstable. A strided convolution learns how to make maps smaller.',
    pl: 'Gradient przepuszcza tylko największy piksel każdego okna, a od tak rzadkich gradientów GAN traci stabilność. Splot z krokiem uczy się zmniejszania map sam.'
  },
  find: (run) =>
    roles.flatMap((network) =>
      run[network].layers.flatMap((layer) => {
        const { spec, position } = layer
        const channels = channelsOf(layer)
        return spec.type !== 'MaxPooling2D'
          ? []
          : [
              {
                network,
                position,
                text: {
                  en: {
                    expected: 'a strided convolution',
                    actual: 'max pooling',
                    todo: 'use a Conv2D with strides instead'
                  },
                  pl: {
                    expected: 'splot z krokiem',
                    actual: 'MaxPooling2D',
                    todo: 'użyj zamiast niej Conv2D z krokiem'
                  }
                },
                repair:
                  channels === null
                    ? null
                    : {
                        label: { en: 'Use a strided Conv2D', pl: 'Użyj Conv2D z krokiem' },
                        edits: [
                          { kind: 'replace', network, position, layer: convolutionFor(spec, channels) },
                          insertLeakyReLU(run, network, position + 1)
                        ]
                      }
              }
            ]
      })
    )
}
