import { chooseLanguage, type Language } from './language.ts'
import { recall, remember } from './storage.ts'

/** Texts by namespace, one namespace a room. */
export type Words = Record<string, Record<string, unknown>>
export type Part = 'first' | 'further'

const memory = 'tropa-language'

/** Only the language being read is downloaded, and of it first what the frame and the map say. */
const load: Record<Part, Record<Language, () => Promise<{ words: Words }>>> = {
  first: {
    ru: () => import('./locales/ru/first-words.ts'),
    uk: () => import('./locales/uk/first-words.ts'),
    en: () => import('./locales/en/first-words.ts'),
  },
  further: {
    ru: () => import('./locales/ru/further-words.ts'),
    uk: () => import('./locales/uk/further-words.ts'),
    en: () => import('./locales/en/further-words.ts'),
  },
}

export const fetchWords = async (language: Language, part: Part): Promise<Words> =>
  (await load[part][language]()).words

/** The language in which the page starts: the one chosen before, else the browser's. */
export const startingLanguage = (): Language => chooseLanguage(recall(memory), navigator.languages)

export const rememberLanguage = (language: Language): void => remember(memory, language)
