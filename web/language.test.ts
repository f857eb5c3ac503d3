import { describe, expect, it } from 'vitest'
import { chooseLanguage, chooseLocale } from './language.ts'

describe('the language of the interface', () => {
  it.each([
    ['the remembered one', 'en', ['uk-UA', 'ru'], 'en'],
    ['the first of the browser that we speak', null, ['de-DE', 'uk-UA', 'ru'], 'uk'],
    ['also without a region', null, ['ru'], 'ru'],
    ['English when we speak none', null, ['de', 'fr-CA'], 'en'],
    ['English when the browser says nothing', null, [], 'en'],
    ['not a remembered one that we do not speak', 'de', ['uk'], 'uk'],
  ])('is %s', (_why, remembered, preferred, expected) => {
    expect(chooseLanguage(remembered, preferred)).toBe(expected)
  })

  it.each([
    ['en', ['en-US', 'ru-RU'], 'en-US'],
    ['ru', ['uk-UA', 'ru-UA', 'ru'], 'ru-UA'],
    ['uk', ['ru-RU'], 'uk'],
    ['en', ['ru'], 'en-GB'],
  ] as const)('%s in a browser of %j is written as %s', (language, preferred, expected) => {
    expect(chooseLocale(language, preferred)).toBe(expected)
  })
})
