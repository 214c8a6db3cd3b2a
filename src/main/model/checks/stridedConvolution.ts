import { layerSchema } from '../../../shared/architecture/layers'
import { newLayer } from '../../../shared/architecture/newLayer'
import type { LayerExamination, NetworkExamination } from '../examination'
import { formatShape, isSameShape, toPair } from '../shapes'
import type { BuildCheck, Found } from './check'

/** Convolutions that make maps smaller. */
export const stridedConvolutions = ({ layers }: NetworkExamination): readonly LayerExamination[] =>
  layers.filter(({ spec }) => spec.type === 'Conv2D' && Math.max(...toPair(spec.strides)) > 1)

function find({ name: _, spec, position, inputShapes, outputShape }: LayerExamination): Found {
  const before = inputShapes[0] ?? null
  const shapes =
    before === null || outputShape === null ? '' : ` (${formatShape(before)} → ${formatShape(outputShape)})`
  const transposed = layerSchema.parse(newLayer('Conv2DTranspose', spec))
  return {
    network: 'generator',
    position,
    text: {
      en: {
        expected: 'an up-sampling layer, as Conv2DTranspose, on the way to a larger picture',
        actual: `a Conv2D with strides, which makes the maps smaller${shapes}`,
        todo: 'make it a Conv2DTranspose with the same fields'
      },
      pl: {
        expected: 'warstwa powiększająca, na przykład Conv2DTranspose, bo obraz ma rosnąć',
        actual: `Conv2D z krokiem, która mapy zmniejsza${shapes}`,
        todo: 'zamień ją na Conv2DTranspose z tymi samymi polami'
      }
    },
    repair: {
      label: { en: 'Make it a Conv2DTranspose', pl: 'Zamień na Conv2DTranspose' },
      edits: [{ kind: 'replace', network: 'generator', position, layer: transposed }]
    }
  }
}

/** The seed notebook's first mistake. A generator that ends in the right size may narrow on its way. */
export const stridedConvolution: BuildCheck = {
  title: {
    en: 'a strided Conv2D where the generator must grow its maps',
    pl: 'Conv2D z krokiem tam, gdzie generator ma powiększać mapy'
  },
  why: {
    en: 'A strided Conv2D halves the maps; its counterpart Conv2DTranspose doubles them, which is how a generator comes from a small grid to a whole picture.',
    pl: 'Conv2D z krokiem 2 zmniejsza mapy o połowę, a jej odpowiednik Conv2DTranspose podwaja: tak generator dochodzi od małej siatki do całego obrazu.'
  },
  find: ({ generator, architecture: { pictureSize, channels } }) => {
    const { outputShape } = generator
    const isWrong = outputShape !== null && !isSameShape(outputShape, [pictureSize, pictureSize, channels])
    return isWrong ? stridedConvolutions(generator).map(find) : []
  }
}
