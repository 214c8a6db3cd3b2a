import type { ErrorParts } from '../../shared/errors'
import type { InEveryLanguage } from '../../shared/language'
import { formatDecimal, formatFieldName, formatWhole } from '../format/format'
import { polishPlural } from '../text/polishPlural'
import { translated } from '../text/translated.svelte'
import { fieldKey } from './fieldKey'
import type { FieldSpec, GroupName } from './fieldSpecs'
import { polishFields, polishUnits } from './polishFields'
import { polishLayerFields } from './polishLayerFields'

/** Beyond this, "at least" says all. */
const longMaximum = 1e12

const formatLimit = (limit: number): string =>
  Number.isInteger(limit) ? formatWhole(limit) : formatDecimal(limit < 0.001 ? limit.toExponential() : String(limit))

const formatValue = (value: unknown, words: { on: string; off: string; all: string }): string => {
  if (value === null) {
    return words.off
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? words.all : value.join(', ')
  }
  return typeof value === 'boolean' ? (value ? words.on : words.off) : formatDecimal(String(value))
}

/** Names that differ from the field's own in more than their spelling. By `fieldKey`. */
const labels: Readonly<Record<string, string>> = {
  'optimizer.kind': 'Optimiser',
  'loss.kind': 'Loss',
  'loss.discriminatorSays': 'Output 1 means',
  'schedule.emaDecay': 'EMA decay',
  'data.flip': 'Flip',
  'layer.useBias': 'Bias',
  'layer.kernelInitializer.kind': 'First weights',
  'layer.gammaInitializer.kind': 'First factors',
  'layer.alphaInitializer.kind': 'First slopes',
  'layer.inputDim': 'Words',
  'layer.outputDim': 'Numbers of a word'
}

/** What stands in an empty field of a layer. */
const emptyLayerFields = {
  en: {
    'layer.name': 'automatic',
    'layer.strides': 'pool size',
    'layer.sharedAxes': 'none',
    'layer.maxValue': 'no limit'
  },
  pl: {
    'layer.name': 'automatyczna',
    'layer.strides': 'rozmiar okna',
    'layer.sharedAxes': 'żadne',
    'layer.maxValue': 'bez granicy'
  }
} satisfies InEveryLanguage<Readonly<Record<string, string>>>

const emptyText = (texts: Readonly<Record<string, string>>, off: string, spec: FieldSpec): string | undefined =>
  texts[spec.path] ?? (spec.kind === 'number' && spec.optional ? off : undefined)

/** Words of choices that are no names, in Polish; English shows them as they are. */
const polishOptions: Readonly<Record<string, string>> = {
  centre: 'środek',
  pad: 'czarne pasy',
  stretch: 'rozciągnięcie',
  'non-saturating': 'nienasycająca się',
  minimax: 'minimaks',
  'least-squares': 'najmniejsze kwadraty',
  hinge: 'zawiasy',
  wasserstein: 'Wasserstein',
  none: 'brak',
  normal: 'normalny',
  uniform: 'jednostajny',
  real: 'prawdziwy',
  generated: 'wygenerowany'
}

/** " from 1 to 64"; nothing where there is no limit. */
const limits = ({ min, max }: { readonly min: number; readonly max: number }, from: string, to: string): string =>
  Number.isFinite(max - min) ? ` ${from} ${formatLimit(min)} ${to} ${formatLimit(max)}` : ''

const polishRange = (min: number, max: number): string =>
  max >= longMaximum ? `co najmniej ${formatLimit(min)}` : `od ${formatLimit(min)} do ${formatLimit(max)}`

type Labelled = Pick<FieldSpec, 'path' | 'name' | 'meaning' | 'unit'> & { readonly kind?: FieldSpec['kind'] }

const polishField = ({ path, kind }: Labelled) =>
  polishFields[fieldKey(path)] ?? polishLayerFields[`${path}:${kind}`] ?? polishLayerFields[path]

/** "1", "1 or 2", "1, 2 or 4", "1 to 3". */
function formatCounts(counts: readonly number[], or: string): string {
  const [first = 0, last = 0] = [counts[0], counts.at(-1)]
  const isRange = counts.length > 2 && counts.length === last - first + 1
  return isRange || counts.length < 2
    ? [...new Set([first, last])].join('–')
    : `${counts.slice(0, -1).join(', ')} ${or} ${last}`
}

export const formText = translated({
  en: {
    groups: {
      data: 'Data',
      generatorOptimizer: 'Optimiser of the generator',
      discriminatorOptimizer: 'Optimiser of the discriminator',
      loss: 'Loss and regularisation',
      schedule: 'Schedule',
      output: 'Output'
    } as Readonly<Record<GroupName, string>>,
    label: ({ path, name }: Labelled): string => labels[fieldKey(path)] ?? formatFieldName(name),
    meaning: ({ meaning }: Labelled): string => meaning,
    unit: ({ unit }: Labelled): string => unit ?? '',
    option: (option: string): string => option,
    range: (min: number, max: number): string =>
      max >= longMaximum ? `at least ${formatLimit(min)}` : `${formatLimit(min)} to ${formatLimit(max)}`,
    offWhenEmpty: 'empty is off',
    off: 'off',
    all: 'all classes',
    wordsHint: 'Separated by commas.',
    reset: (label: string, value: unknown): string =>
      `Reset ${label.toLowerCase()} to ${formatValue(value, { on: 'on', off: 'off', all: 'all' })}`,
    why: 'why?',
    whyLabel: (label: string): string => `Why ${label.toLowerCase()}?`,
    preset: (value: unknown): string => `The preset has ${formatValue(value, { on: 'on', off: 'off', all: 'all' })}.`,
    /** @param spec the field that is wrong; null for one that no form shows */
    issue: (_spec: FieldSpec | null, { expected, actual }: Pick<ErrorParts, 'expected' | 'actual'>): string =>
      `Expected ${expected}, got ${actual}.`,
    /** What may stand in a field of a layer. */
    expected: (spec: FieldSpec): string => {
      switch (spec.kind) {
        case 'number':
          return `${spec.whole ? 'a whole number' : 'a number'}${limits(spec, 'from', 'to')}`
        case 'numbers':
          return `${formatCounts(spec.counts, 'or')} ${spec.whole ? 'whole numbers' : 'numbers'}${limits(spec, 'from', 'to')}`
        default:
          return 'letters, digits, _ and -, a letter first'
      }
    },
    nothing: 'nothing',
    placeholder: (spec: FieldSpec): string | undefined => emptyText(emptyLayerFields.en, 'off', spec),
    issues: (count: number): string => (count === 1 ? '1 value is wrong' : `${count} values are wrong`)
  },
  pl: {
    groups: {
      data: 'Dane',
      generatorOptimizer: 'Optymalizator generatora',
      discriminatorOptimizer: 'Optymalizator dyskryminatora',
      loss: 'Strata i regularyzacja',
      schedule: 'Harmonogram',
      output: 'Zapis'
    },
    label: (field) => polishField(field)?.label ?? formatFieldName(field.name),
    meaning: (field) => polishField(field)?.meaning ?? field.meaning,
    unit: ({ unit }) => (unit === null ? '' : (polishUnits[unit] ?? unit)),
    option: (option) => polishOptions[option] ?? option,
    range: polishRange,
    offWhenEmpty: 'puste wyłącza',
    off: 'wyłączone',
    all: 'wszystkie klasy',
    wordsHint: 'Rozdzielone przecinkami.',
    reset: (label, value) => `Przywróć: ${label} = ${formatValue(value, { on: 'wł.', off: 'wył.', all: 'wszystkie' })}`,
    why: 'dlaczego?',
    whyLabel: (label) => `Dlaczego: ${label}?`,
    preset: (value) => `W presecie: ${formatValue(value, { on: 'wł.', off: 'wył.', all: 'wszystkie' })}.`,
    issue: (spec, { expected, actual }) => {
      const what =
        spec?.kind === 'number'
          ? `${spec.whole ? 'liczba całkowita' : 'liczba'} ${polishRange(spec.min, spec.max)}`
          : expected
      return `Oczekiwano: ${what}; podano: ${formatDecimal(actual)}.`
    },
    expected: (spec) => {
      switch (spec.kind) {
        case 'number':
          return `${spec.whole ? 'liczba całkowita' : 'liczba'}${limits(spec, 'od', 'do')}`
        case 'numbers':
          return `liczby${spec.whole ? ' całkowite' : ''}${limits(spec, 'od', 'do')}, w liczbie ${formatCounts(spec.counts, 'lub')}`
        default:
          return 'litery, cyfry, _ i -, najpierw litera'
      }
    },
    nothing: 'nic',
    placeholder: (spec) => emptyText(emptyLayerFields.pl, 'wyłączone', spec),
    issues: (count) => `${count} ${polishPlural(count, 'zła wartość', 'złe wartości', 'złych wartości')}`
  }
})

/** A field's place for people: "schedule.batchSize" → "Schedule · Batch size". */
export function formatPlace(path: string, spec: FieldSpec | null): string {
  const [group = '', ...rest] = path.split('.')
  const titles: Readonly<Record<string, string>> = formText.groups
  const label = spec === null ? formatFieldName(rest.join(' ')) : formText.label(spec)
  return [titles[group] ?? formatFieldName(group), ...(rest.length === 0 ? [] : [label])].join(' · ')
}
