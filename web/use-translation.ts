import i18next, { type TFunction } from 'i18next'
import { createContext, use } from 'react'
import type { Language } from './language.ts'

/** The language of the page, set once at its root: reading it costs a part nothing, a subscription of each would. */
export const LanguageContext = createContext<Language>('en')

type Translation = { t: TFunction; i18n: typeof i18next }

const known = new Map<string, Translation>()

/**
 * The words of a namespace in the language of the page, as `react-i18next` gives them, but for pictures made of
 * hundreds of parts: a text without values is looked up once.
 */
export function useTranslation(namespace = 'shell'): Translation {
  const key = `${use(LanguageContext)} ${namespace}`
  const before = known.get(key)
  if (before) return before
  const made = { t: keepTexts(i18next.getFixedT(key.slice(0, 2), namespace)), i18n: i18next }
  known.set(key, made)
  return made
}

function keepTexts(t: TFunction): TFunction {
  const texts = new Map<string, string>()
  const say = (key: string, values?: object) => {
    if (values !== undefined) return t(key, values as Record<string, unknown>)
    const text = texts.get(key) ?? t(key)
    // A text whose words are still on their way is its own key; that must not stay.
    if (!key.endsWith(text)) texts.set(key, text)
    return text
  }
  return say as unknown as TFunction
}
