import type { LayerSpec } from '../../shared/architecture/layers'
import type { Role } from '../../shared/architecture/roles'
import type { ArchitectureAnalysis, LayerAnalysis, NetworkAnalysis } from './analysis'
import type { Shape } from './shapes'

/** A line of a summary; shapes are without the batch dimension. */
interface SummaryRow {
  readonly name: string
  /** The layer's type with its activation, as "Conv2D, tanh"; "Input"; or at the end "sigmoid (in the loss)". */
  readonly type: string
  readonly outputShape: Shape
  readonly parameters: number
  /** In one forward pass of one picture. */
  readonly multiplyAdds: number
  /** What it reads, where that is not just the row before it. */
  readonly reads: readonly string[]
}

/** A network as Keras' `summary()` shows it, as data. */
export interface NetworkSummary {
  readonly role: Role
  readonly rows: readonly SummaryRow[]
  readonly parameters: number
  readonly trainableParameters: number
  readonly multiplyAdds: number
}

const weightless = (name: string, type: string, outputShape: Shape): SummaryRow => ({
  name,
  type,
  outputShape,
  parameters: 0,
  multiplyAdds: 0,
  reads: []
})

/** The layer’s type with its activation, as "Conv2D, tanh". */
export const describeType = (spec: LayerSpec): string =>
  'activation' in spec && spec.activation !== 'linear' ? `${spec.type}, ${spec.activation}` : spec.type

function rowOf(layer: LayerAnalysis, before: string): SummaryRow {
  const { name, spec, inputs, outputShape, parameters, multiplyAdds } = layer
  const readsRowBefore = inputs.length === 1 && inputs[0] === before
  return { name, type: describeType(spec), outputShape, parameters, multiplyAdds, reads: readsRowBefore ? [] : inputs }
}

function summarizeNetwork(analysis: NetworkAnalysis): NetworkSummary {
  const { role, layers, inputShapes, outputShape, parameters, trainableParameters, multiplyAdds } = analysis
  const inputs = Array.from(inputShapes, ([name, shape]) => weightless(name, 'Input', shape))
  const rows = layers.map((layer, i) => rowOf(layer, layers[i - 1]?.name ?? 'input'))
  // The losses take logits; the model as it is taught ends in the probability.
  const ending = role === 'discriminator' ? [weightless('sigmoid', 'sigmoid (in the loss)', outputShape)] : []
  return { role, rows: [...inputs, ...rows, ...ending], parameters, trainableParameters, multiplyAdds }
}

/** Summaries of the generator and of the discriminator. */
export const summarize = ({ generator, discriminator }: ArchitectureAnalysis): readonly NetworkSummary[] => [
  summarizeNetwork(generator),
  summarizeNetwork(discriminator)
]
