import type { Explanation } from '../../../shared/contract/model'
import type { Language } from '../../../shared/language'
import type { LayerExamination } from '../examination'
import { formatShape } from '../shapes'

const shapeOf = (shape: LayerExamination['outputShape']): string => (shape === null ? '?' : formatShape(shape))

/** What a layer does, why it is here, and why its values are what they are. */
export function explain({ inputShapes, outputShape }: LayerExamination, _language: Language): Explanation {
  return { does: `${inputShapes.map(shapeOf).join(', ')} → ${shapeOf(outputShape)}`, why: '', values: '' }
}
