import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chooseLanguage, type Language } from './language.ts'
import { recall, remember } from './storage.ts'

const memory = 'tropa-language'

/** One chunk a language: only the one being read is downloaded. */
const load: Record<Language, () => Promise<{ words: Record<string, Record<string, unknown>> }>> = {
  ru: () => import('./locales/ru/words.ts'),
  uk: () => import('./locales/uk/words.ts'),
  en: () => import('./locales/en/words.ts'),
}

/** Loads the visitor's language and makes it ready before the first render. */
export async function startLanguage(): Promise<void> {
  const language = chooseLanguage(recall(memory), navigator.languages)
  const { words } = await load[language]()
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: words },
    defaultNS: 'shell',
    // Every language is complete (locales.test.ts), so there is nothing to fall back to.
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

export async function switchLanguage(language: Language): Promise<void> {
  const { words } = await load[language]()
  for (const [namespace, texts] of Object.entries(words))
    i18next.addResourceBundle(language, namespace, texts)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  remember(memory, language)
}
