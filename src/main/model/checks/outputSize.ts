import type { Edit } from '../../../shared/architecture/edits'
import { newLayer } from '../../../shared/architecture/newLayer'
import type { ArchitectureExamination, NetworkExamination } from '../examination'
import type { Repair } from '../finding'
import { formatShape, isSameShape, type Shape } from '../shapes'
import type { BuildCheck } from './check'
import { stridedConvolutions } from './stridedConvolution'

const isMaps = (shape: Shape): shape is readonly [number, number, number] => shape.length === 3

/** The whole factor by which maps must grow on both axes; null where there is none. */
function growthOf([height, width]: readonly [number, number, number], side: number): number | null {
  const factor = side / height
  return height === width && Number.isInteger(factor) && factor > 1 && factor <= 16 ? factor : null
}

/** Sets the last layer's filters, where only the channels differ. */
function mendChannels({ layers }: NetworkExamination, channels: number): Repair | null {
  const last = layers.at(-1)
  return last !== undefined && 'filters' in last.spec
    ? {
        label: { en: `Give it ${channels} filters`, pl: `Ustaw liczbę filtrów na ${channels}` },
        edits: [{ kind: 'field', network: 'generator', position: last.position, field: 'filters', value: channels }]
      }
    : null
}

/** Enlarges the maps in front of the last layer with weights. */
function mendSize({ layers }: NetworkExamination, factor: number): Repair | null {
  const last = layers.findLast(({ spec }) => 'kernelSize' in spec)
  if (last === undefined) {
    return null
  }
  const layer = { ...newLayer('UpSampling2D'), size: factor }
  const edit: Edit = { kind: 'insert', network: 'generator', position: last.position, layer }
  return {
    label: { en: `Enlarge the maps ${factor} times before it`, pl: `Powiększ mapy ${factor}× przed nią` },
    edits: [edit]
  }
}

function repairOf(examined: ArchitectureExamination, shape: Shape): Repair | null {
  const { generator, architecture } = examined
  // What makes the maps smaller is to be mended where it stands.
  if (!isMaps(shape) || stridedConvolutions(generator).length > 0) {
    return null
  }
  const [height, width] = shape
  if (height === architecture.pictureSize && width === height) {
    return mendChannels(generator, architecture.channels)
  }
  const factor = growthOf(shape, architecture.pictureSize)
  return factor === null ? null : mendSize(generator, factor)
}

export const outputSize: BuildCheck = {
  title: {
    en: 'a generator whose output is not the size or the colours of a picture',
    pl: 'generator, którego wyjście nie ma rozmiaru lub kolorów obrazu'
  },
  why: {
    en: 'The discriminator compares generated and real pictures, so both must have the same height, width and channels.',
    pl: 'Dyskryminator porównuje obrazy wygenerowane z prawdziwymi, więc jedne i drugie muszą mieć tę samą wysokość, szerokość i liczbę kanałów.'
  },
  find: (examined) => {
    const { generator, architecture } = examined
    const { outputShape, layers } = generator
    const picture = [architecture.pictureSize, architecture.pictureSize, architecture.channels]
    if (outputShape === null || isSameShape(outputShape, picture)) {
      return []
    }
    const [expected, actual] = [formatShape(picture), formatShape(outputShape)]
    return [
      {
        network: 'generator',
        position: layers.length - 1,
        text: {
          en: {
            expected: `an output of shape ${expected}: the picture`,
            actual,
            todo: 'add, remove or change up-sampling layers (Conv2DTranspose, UpSampling2D), or set pictureSize and channels'
          },
          pl: {
            expected: `wyjście o kształcie ${expected}, czyli obraz`,
            actual,
            todo: 'dodaj, usuń lub zmień warstwy powiększające (Conv2DTranspose, UpSampling2D) albo ustaw pictureSize i channels'
          }
        },
        repair: repairOf(examined, outputShape)
      }
    ]
  }
}
