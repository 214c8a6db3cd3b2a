import { formatBytes } from '../../../shared/formatBytes'
import { sizeOf } from '../../../shared/tensor'
import { formatShape } from '../../model/shapes'
import { encodeSafetensors } from '../safetensors'
import { type ExportedFile, textFile } from './exportedFile'
import { type ExportedModel, latentSizeOf } from './exportedModel'
import { exportFacts } from './exportFacts'

const modelFile = 'generator.safetensors'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** A text in a cell or a line of Markdown, whatever the user called the run. */
const plain = (text: string): string => text.replace(/[|\\`*_[\]<>#]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ')

function layersTable({ analysis }: ExportedModel): string {
  const rows = analysis.layers.map(({ name, spec, outputShape, weights }) => [
    plain(name),
    spec.type,
    formatShape(outputShape),
    weights.map((weight) => `${plain(weight.name)} ${formatShape(weight.shape)}`).join(', ') || '–'
  ])
  return table(['layer', 'type', 'output', 'weights'], rows)
}

/** A model card: what the file holds, how it was made, and how to use it. */
function modelCard(model: ExportedModel, licence: string): string {
  const { run, manifest, weights } = model
  const { architecture } = run.configuration
  const parameters = [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const side = architecture.pictureSize
  const facts = Object.entries(exportFacts(model, licence)).map(([name, value]) => [plain(name), plain(value)])
  return `# ${plain(run.name)}, step ${manifest.step}

A generator of a generative adversarial network, trained with Kwiat. It makes pictures of ${side}×${side} pixels in
${architecture.channels === 1 ? 'grey' : 'colour'} from latents of ${latentSizeOf(model)} numbers.

## Files
- \`${modelFile}\`: ${parameters.toLocaleString('en')} numbers (${formatBytes(4 * parameters)}), float32, named \`<layer>/<weight>\`
- \`config.json\`: both networks and all settings of the run

## Input and output
Input: \`z\`, float32 [N, ${latentSizeOf(model)}], of mean 0 and variance 1 (${run.configuration.schedule.latentDistribution}).
Output: float32 [N, ${side}, ${side}, ${architecture.channels}] in [−1, 1]; a byte is round(127.5 · (x + 1)). Batch
normalisation uses its moving averages. Pictures and kernels are in TensorFlow's order: height, width, channels;
kernels [height, width, in, out], of transposed convolutions [height, width, out, in].

## Layers
${layersTable(model)}

## How it was made
${table(['fact', 'value'], facts)}

## Limits
It shows what its training pictures show and nothing else; it has seen no others. Whoever shares its pictures is
answerable for the rights in the pictures that it learnt from.
`
}

/**
 * The generator's weights as safetensors with a model card: `generator.safetensors`, `README.md`, and `config.json` with
 * the run's settings, from which `kwiat train --weights` and other programs can build the network again.
 *
 * @param licence the user's own words; empty for none
 */
export function encodeSafetensorsExport(model: ExportedModel, licence: string): ExportedFile[] {
  return [
    { name: modelFile, parts: encodeSafetensors(model.weights, exportFacts(model, licence)) },
    textFile('README.md', modelCard(model, licence)),
    textFile('config.json', `${JSON.stringify(model.run.configuration, null, 2)}\n`)
  ]
}
