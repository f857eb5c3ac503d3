import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './language.ts'
import { fetchWords, type Part, rememberLanguage, startingLanguage, type Words } from './words.ts'

/** The parts that pages asked for; a switch of the language brings the same ones. */
const needed = new Set<Part>(['first'])

/** Loads the visitor's language and makes it ready before the first render. */
export async function startLanguage(): Promise<void> {
  const language = startingLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: await fetchWords(language, 'first') },
    defaultNS: 'shell',
    // Every language is complete (locales.test.ts), so there is nothing to fall back to.
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

/** Brings the words of the pages other than the map; at once when they are there. */
export async function loadFurtherWords(): Promise<void> {
  if (needed.has('further')) return
  const language = i18next.language as Language
  add(language, await fetchWords(language, 'further'))
  needed.add('further')
}

export async function switchLanguage(language: Language): Promise<void> {
  for (const part of needed) add(language, await fetchWords(language, part))
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  rememberLanguage(language)
}

function add(language: Language, words: Words): void {
  for (const [namespace, texts] of Object.entries(words))
    i18next.addResourceBundle(language, namespace, texts)
}
