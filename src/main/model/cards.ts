import type { Problem } from '../../shared/architecture/problems'
import type { RunConfiguration } from '../../shared/config/runConfiguration'
import type { Explanation, LayerCard, NetworkExamination as NetworkReport } from '../../shared/contract/model'
import type { Language } from '../../shared/language'
import { type LayerExamination, type NetworkExamination, parametersOf } from './examination'
import { explainLayers } from './explanations/explain'
import { type Field, receptiveFields } from './receptiveField'
import { describeType } from './summary'

/** What the cards of a network are made from besides the network itself. */
export interface CardContext {
  readonly configuration: RunConfiguration
  readonly language: Language
  readonly problems: readonly Problem[]
  /** Share of each layer in an iteration's time; null where it is not known. */
  readonly shares: readonly (number | null)[]
  /** Memory that is there for each layer in training. */
  readonly trainingBytes: readonly (number | null)[]
}

const known = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((sum, n) => sum + (n ?? 0), 0)

function cardOf(
  layer: LayerExamination,
  { role, layers }: NetworkExamination,
  { problems, shares, trainingBytes }: CardContext,
  { field, explanation }: { readonly field: Field; readonly explanation: Explanation }
): LayerCard {
  const { name, position, spec, inputs, outputShape, weights, multiplyAdds } = layer
  const before = layers[position - 1]?.name ?? 'input'
  const standsHere = (problem: Problem) => problem.network === role && problem.position === position
  return {
    name,
    position,
    title: describeType(spec),
    inputs,
    isBranch: inputs.length !== 1 || inputs[0] !== before,
    outputShape,
    parameters: weights === null ? null : parametersOf(weights),
    trainableParameters: weights === null ? null : parametersOf(weights.filter(({ trainable }) => trainable)),
    multiplyAdds,
    share: shares[position] ?? null,
    trainingBytes: trainingBytes[position] ?? null,
    receptiveField: field === null ? null : [...field],
    explanation,
    problems: problems.flatMap((problem, index) => (standsHere(problem) ? [index] : []))
  }
}

/** A network as the window and the command line show it. */
export function reportNetwork(network: NetworkExamination, context: CardContext): NetworkReport {
  const { architecture } = context.configuration
  const fields = receptiveFields(network, architecture.pictureSize)
  const explanations = explainLayers(network, architecture, fields, context.language)
  const cards = network.layers.map((layer, i) =>
    cardOf(layer, network, context, { field: fields[i] ?? null, explanation: explanations[i]! })
  )
  const shares = cards.map(({ share }) => share)
  return {
    role: network.role,
    inputShape: network.inputShapes.get('input') ?? [],
    outputShape: network.outputShape,
    cards,
    parameters: known(cards.map(({ parameters }) => parameters)),
    trainableParameters: known(cards.map(({ trainableParameters }) => trainableParameters)),
    multiplyAdds: known(cards.map(({ multiplyAdds }) => multiplyAdds)),
    share: shares.includes(null) ? null : known(shares)
  }
}
