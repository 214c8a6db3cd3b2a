import type { Architecture } from '../../../shared/architecture/architecture'
import type { LayerSpec } from '../../../shared/architecture/layers'
import type { Explanation } from '../../../shared/contract/model'
import { dispatch } from '../../../shared/dispatch'
import type { InEveryLanguage, Language } from '../../../shared/language'
import type { NetworkExamination } from '../examination'
import type { Field } from '../receptiveField'
import { english, englishUnknown } from './english'
import { factsOf, type LayerFacts, reshapesAhead } from './facts'
import { polish, polishUnknown } from './polish'

interface Texts {
  readonly explain: (spec: LayerSpec, facts: LayerFacts) => Explanation
  /** For a layer whose shapes are not known. */
  readonly unknown: Explanation
}

const texts: InEveryLanguage<Texts> = {
  en: { explain: (spec, facts) => dispatch('type', english, spec, facts), unknown: englishUnknown },
  pl: { explain: (spec, facts) => dispatch('type', polish, spec, facts), unknown: polishUnknown }
}

/**
 * For each layer, made from its own numbers: what it does, why it is here, and why its values are what they are.
 *
 * @param fields the layers' receptive fields
 */
export function explainLayers(
  network: NetworkExamination,
  { pictureSize: side, latentSize }: Architecture,
  fields: readonly Field[],
  language: Language
): readonly Explanation[] {
  const { explain, unknown } = texts[language]
  const reshapes = reshapesAhead(network)
  return network.layers.map((layer, i) => {
    const around = { network, side, latentSize, field: fields[i] ?? null, reshapedTo: reshapes[i] ?? null }
    const facts = factsOf(layer, around)
    return facts === null ? unknown : explain(layer.spec, facts)
  })
}
