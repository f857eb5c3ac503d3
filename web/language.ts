export const languages = ['ru', 'uk', 'en'] as const
export type Language = (typeof languages)[number]

/** Each language in its own words, for the switch. */
export const languageNames: Record<Language, string> = { ru: 'Русский', uk: 'Українська', en: 'English' }

const primary = (tag: string) => tag.toLowerCase().split('-')[0]

const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/** The remembered choice, else the first of the browser's languages that we speak, else English. */
export function chooseLanguage(remembered: string | null, preferred: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered
  return preferred.map(primary).find(isLanguage) ?? 'en'
}

/**
 * The locale for numbers and dates: the browser's regional form of the language (ru-UA, en-US) when it has one.
 * English without a region is written the European way, day before month.
 */
export function chooseLocale(language: Language, preferred: readonly string[]): string {
  const regional = preferred.find((tag) => tag.includes('-') && primary(tag) === language)
  if (regional) return regional
  return language === 'en' ? 'en-GB' : language
}
