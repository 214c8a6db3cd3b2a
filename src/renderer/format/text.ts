import { translated } from '../text/translated.svelte'

export const formatText = translated({
  en: {
    /** For dates. */
    locale: 'en-GB',
    units: { d: 'd', h: 'h', min: 'min', s: 's' } as Readonly<Record<'d' | 'h' | 'min' | 's', string>>,
    notNumber: 'not a number',
    justNow: 'just now',
    ago: (span: string): string => `${span} ago`
  },
  pl: {
    locale: 'pl-PL',
    units: { d: 'd', h: 'godz.', min: 'min', s: 's' },
    notNumber: 'nie liczba',
    justNow: 'przed chwilą',
    ago: (span) => `${span} temu`
  }
})
