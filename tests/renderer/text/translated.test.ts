import { afterEach, expect, test } from 'vitest'
import { currentLanguage, speak, translated } from '../../../src/renderer/text/translated.svelte'

const text = translated({
  en: { flower: 'flower', count: (n: number) => `${n} flowers` },
  pl: { flower: 'kwiat', count: (n: number) => `kwiaty: ${n}` }
})

afterEach(() => speak('en'))

test('texts are read in the language that the window speaks at that moment', () => {
  expect([text.flower, text.count(3)]).toEqual(['flower', '3 flowers'])
  speak('pl')
  expect([text.flower, text.count(3)]).toEqual(['kwiat', 'kwiaty: 3'])
})

test('the language is kept for the next start and told to screen readers', () => {
  speak('pl')
  expect(currentLanguage()).toBe('pl')
  expect(localStorage.getItem('kwiat.language')).toBe('"pl"')
  expect(document.documentElement.lang).toBe('pl')
})
