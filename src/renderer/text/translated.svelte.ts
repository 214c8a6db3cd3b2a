import { type InEveryLanguage, type Language, languageSchema } from '../../shared/language'
import { recall, remember } from '../state/remembered'

/** Polish for those whose system speaks it, English for all others. */
const systemLanguage = (): Language => (navigator.language.startsWith('pl') ? 'pl' : 'en')

let current: Language = $state(recall('language', languageSchema, systemLanguage()))

/** The language that the window speaks. */
export const currentLanguage = (): Language => current

export function speak(language: Language): void {
  current = language
  remember('language', language)
  document.documentElement.lang = language
}

/**
 * Texts in all languages. Reading one gives it in the language that the window speaks at that moment, so that markup
 * which reads it follows a change of the language.
 */
export const translated = <Text extends object>(texts: InEveryLanguage<Text>): Text =>
  new Proxy(texts.en, { get: (_, key) => Reflect.get(texts[current], key) })
