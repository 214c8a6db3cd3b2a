import type { LayerCard, ModelExamination, NetworkExamination } from '../../../../shared/contract/model'
import { formatBytes } from '../../../../shared/formatBytes'
import type { InEveryLanguage, Language } from '../../../../shared/language'
import { formatCount, formatFigure, formatTable } from './format'

/** Words that stand around what is said in the user's language. */
const words: InEveryLanguage<{
  readonly error: string
  readonly warning: string
  readonly fine: string
  readonly repair: string
  readonly asks: readonly string[]
}> = {
  en: {
    error: 'Error',
    warning: 'Warning',
    fine: 'Nothing is wrong.',
    repair: 'Repair',
    asks: ['What it does', 'Why it is here', 'Why these values']
  },
  pl: {
    error: 'Błąd',
    warning: 'Ostrzeżenie',
    fine: 'Wszystko w porządku.',
    repair: 'Naprawa',
    asks: ['Co robi', 'Dlaczego tu jest', 'Dlaczego takie wartości']
  }
}

const shapeText = (shape: readonly number[] | null): string => shape?.join(' × ') ?? '?'
const countText = (count: number | null): string => (count === null ? '?' : formatCount(count))

const toCells = ({ name, title, outputShape, parameters, multiplyAdds, inputs, isBranch }: LayerCard): string[] => [
  name,
  title,
  shapeText(outputShape),
  countText(parameters),
  countText(multiplyAdds),
  isBranch ? inputs.join(', ') : ''
]

/** A network as Keras' `summary()` shows it. */
export function formatNetwork(network: NetworkExamination): string {
  const { role, cards, inputShape, outputShape, parameters, trainableParameters, multiplyAdds } = network
  const header = ['Layer', 'Type', 'Output', 'Parameters', 'Multiply-adds', 'Reads']
  const rows = [
    ['input', 'Input', shapeText(inputShape), '0', '0', ''],
    ...cards.map(toCells),
    // The losses take logits; the model as it is taught ends in the probability.
    ...(role === 'discriminator' ? [['sigmoid', 'sigmoid (in the loss)', shapeText(outputShape), '0', '0', '']] : [])
  ]
  const table = formatTable(header, rows, ['left', 'left', 'left', 'right', 'right', 'left'])
  const statistics = parameters - trainableParameters
  const fixed = statistics === 0 ? '' : `, ${formatCount(statistics)} of them statistics`
  return `${role}\n${table}\n${formatCount(parameters)} parameters${fixed} · ${formatCount(multiplyAdds)} multiply-adds a picture\n`
}

/** What one iteration of training takes. */
export function formatTraining({ flops, memory, secondsPerIteration }: ModelExamination): string {
  return flops === null || memory === null
    ? ''
    : `In training: ${formatFigure(flops / 1e9)} GFLOP an iteration, about ${formatBytes(memory.totalBytes)} of memory${
        secondsPerIteration === null ? '' : `, about ${formatFigure(secondsPerIteration)} s`
      }\n`
}

/** Everything that is wrong, each with its reason and its repair. */
export function formatProblems({ problems }: ModelExamination, language: Language): string {
  const { fine, repair, ...severities } = words[language]
  if (problems.length === 0) {
    return `${fine}\n`
  }
  return problems
    .map(({ severity, code, sentence, why, repair: mends }) => {
      const lines = [`${severities[severity]} ${code}`, `  ${sentence}`, `  ${why}`]
      return [...lines, ...(mends === null ? [] : [`  ${repair}: ${mends.label}`]), ''].join('\n')
    })
    .join('\n')
}

/** The three answers for every layer. */
export function formatExplanations({ role, cards }: NetworkExamination, language: Language): string {
  const [does, why, values] = words[language].asks
  const texts = cards.map(({ name, title, explanation }) =>
    [
      `${role} · ${name} (${title})`,
      `  ${does}: ${explanation.does}`,
      ...(explanation.why === '' ? [] : [`  ${why}: ${explanation.why}`, `  ${values}: ${explanation.values}`]),
      ''
    ].join('\n')
  )
  return texts.join('\n')
}
