import { formatBytes } from '../../shared/formatBytes'
import type { Language } from '../../shared/language'
import { currentLanguage } from '../text/translated.svelte'
import { formatText } from './text'

/** Stands wherever a value is not known; never a made-up 0. */
export const unknown = '–'

const thinSpace = ' '

/** A number with the decimal sign of the language: Polish has a comma. */
export const formatDecimal = (text: string, language: Language = currentLanguage()): string =>
  language === 'pl' ? text.replace(/(\d)\.(\d)/g, '$1,$2') : text

/** A size for people: "75.2 MB". */
export const formatSize = (bytes: number): string => formatDecimal(formatBytes(bytes))

/** A whole number for people, in groups of three: 10000 → "10 000". */
export const formatWhole = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? unknown : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, thinSpace)

/** A measured number with three significant digits: 0.69315 → "0.693"; a number that broke down says so. */
export function formatFigure(value: number | null): string {
  if (value === null) {
    return unknown
  }
  if (!Number.isFinite(value)) {
    return formatText.notNumber
  }
  const size = Math.abs(value)
  return formatDecimal(size !== 0 && (size < 0.001 || size >= 100_000) ? value.toExponential(1) : value.toPrecision(3))
}

const scales = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k']
] as const

/** A count in three digits and a decimal prefix: 4011319296 → "4.01 G". */
export function formatScaled(value: number | null): string {
  if (value === null || !Number.isFinite(value)) {
    return unknown
  }
  const [scale, prefix] = scales.find(([size]) => value >= size * 0.9995) ?? [1, '']
  return scale === 1 ? String(Math.round(value)) : `${formatDecimal((value / scale).toPrecision(3))} ${prefix}`
}

/** A part of a whole in per cent: 0.419 → "42 %"; a little is not nothing. */
export function formatShare(share: number | null): string {
  if (share === null) {
    return unknown
  }
  return share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1]
] as const

/** A span of time in its two largest units: 20160 s → "5 h 36 min". */
export function formatSpan(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) {
    return unknown
  }
  const whole = Math.max(0, Math.round(seconds))
  const first = units.findIndex(([, size]) => whole >= size)
  if (first < 0) {
    return '0 s'
  }
  let rest = whole
  const parts = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return { unit, count }
  })
  return parts
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) => `${count} ${formatText.units[unit]}`)
    .join(' ')
}

/** Time of one iteration: "2.3 s/it", "41 ms/it". */
export function formatPace(secondsPerStep: number | null): string {
  if (secondsPerStep === null || !Number.isFinite(secondsPerStep)) {
    return unknown
  }
  return secondsPerStep < 1
    ? `${Math.max(1, Math.round(secondsPerStep * 1000))} ms/it`
    : `${formatDecimal(secondsPerStep.toPrecision(2))} s/it`
}

/** The time of day here: "14:03:59". */
export const formatClock = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB')

const dayMs = 86_400_000

/** When something happened, seen from now: "just now", "12 min ago", "3 h ago", then the day. */
export function formatWhen(iso: string, nowMs: number): string {
  const thenMs = Date.parse(iso)
  if (Number.isNaN(thenMs)) {
    return unknown
  }
  const ageMs = nowMs - thenMs
  if (ageMs < 60_000) {
    return formatText.justNow
  }
  return ageMs < dayMs
    ? formatText.ago(formatSpan(ageMs / 1000).replace(/^(\d+ \S+) .*/, '$1'))
    : new Date(thenMs).toLocaleDateString(formatText.locale, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** "learningRate" → "Learning rate"; "beta1" → "Beta 1"; "g" stays as short as it is. */
export function formatFieldName(name: string): string {
  const words = name.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
