import { describe, expect, it } from 'vitest'
import {
  formatFieldName,
  formatFigure,
  formatPace,
  formatSpan,
  formatWhen,
  formatWhole
} from '../../../src/renderer/format/format'

describe('formats', () => {
  it('never make up a value that is not known', () => {
    expect([formatWhole(null), formatFigure(null), formatSpan(null), formatPace(null)]).toEqual(['–', '–', '–', '–'])
    expect([formatSpan(Number.POSITIVE_INFINITY), formatWhole(Number.NaN)]).toEqual(['–', '–'])
    expect(formatFigure(Number.NaN)).toBe('not a number')
  })

  it('group thousands', () => {
    expect([formatWhole(999), formatWhole(1240), formatWhole(6_264_579)].map((text) => text.split(/\s/))).toEqual([
      ['999'],
      ['1', '240'],
      ['6', '264', '579']
    ])
  })

  it('give spans in their two largest units', () => {
    expect([0, 59.6, 3599, 20_160, 86_400, 90_000].map(formatSpan)).toEqual([
      '0 s',
      '1 min',
      '59 min 59 s',
      '5 h 36 min',
      '1 d',
      '1 d 1 h'
    ])
  })

  it('give figures with three digits', () => {
    expect([Math.LN2, 12.3456, 0, 0.0000123, 1e6].map(formatFigure)).toEqual([
      '0.693',
      '12.3',
      '0.00',
      '1.2e-5',
      '1.0e+6'
    ])
  })

  it('give the pace in the unit that fits', () => {
    expect([0.0414, 2.345].map(formatPace)).toEqual(['41 ms/it', '2.3 s/it'])
  })

  it('tell when, seen from now', () => {
    const now = Date.parse('2026-05-05T12:00:00Z')
    const ago = (seconds: number) => formatWhen(new Date(now - seconds * 1000).toISOString(), now)
    expect([ago(5), ago(600), ago(7300)]).toEqual(['just now', '10 min ago', '2 h ago'])
    expect(ago(10 * 86_400)).toContain('2026')
    expect(formatWhen('nonsense', now)).toBe('–')
  })

  it('make words of field names', () => {
    expect(['learningRate', 'beta1', 'clipNorm'].map(formatFieldName)).toEqual(['Learning rate', 'Beta 1', 'Clip norm'])
  })
})
