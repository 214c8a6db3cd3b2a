import { z } from 'zod'

/** The languages that Kwiat speaks. */
export const languages = ['en', 'pl'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>

/** The same thing said in every language. */
export type InEveryLanguage<Said> = Readonly<Record<Language, Said>>
