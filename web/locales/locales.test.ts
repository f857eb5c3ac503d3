import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CHANNEL_KEYS } from '../../kernel/channels.ts'
import { errorStatus } from '../../kernel/errors.ts'
import { languages } from '../language.ts'

type Texts = { [key: string]: string | Texts }

const project = fileURLToPath(new URL('../..', import.meta.url))
const namespaces = readdirSync(new URL('./en', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

function readTexts(language: string, namespace: string): Map<string, string> {
  const texts = JSON.parse(readFileSync(new URL(`./${language}/${namespace}.json`, import.meta.url), 'utf8'))
  return new Map(flatten(texts))
}

function flatten(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  )
}

const pluralEnding = /_(zero|one|two|few|many|other)$/
const withoutPlural = (key: string) => key.replace(pluralEnding, '')
const sorted = (values: Iterable<string>) => [...new Set(values)].sort()
const holesOf = (text: string) => sorted([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name))

describe.each(namespaces)('the words of %s', (namespace) => {
  const byLanguage = Object.fromEntries(
    languages.map((language) => [language, readTexts(language, namespace)]),
  )
  const english = byLanguage.en as Map<string, string>

  describe.each(languages)('in %s', (language) => {
    const texts = byLanguage[language] as Map<string, string>

    it('hold the same keys as in English', () => {
      expect(sorted([...texts.keys()].map(withoutPlural))).toEqual(
        sorted([...english.keys()].map(withoutPlural)),
      )
    })

    it('have every plural form of the language', () => {
      const forms = sorted(new Intl.PluralRules(language).resolvedOptions().pluralCategories)
      const plurals = [...texts.keys()].filter((key) => pluralEnding.test(key))
      for (const key of sorted(plurals.map(withoutPlural))) {
        const own = plurals
          .filter((one) => withoutPlural(one) === key)
          .map((one) => one.slice(key.length + 1))
        expect([key, sorted(own)]).toEqual([key, forms])
      }
    })

    it('are filled in, and with the same values as in English', () => {
      for (const [key, text] of texts) {
        const twin = english.get(key) ?? english.get(`${withoutPlural(key)}_other`) ?? ''
        expect([key, text.trim() !== '', holesOf(text)]).toEqual([key, true, holesOf(twin)])
      }
    })
  })
})

describe('the words that code asks for', () => {
  const known = new Map(
    namespaces.map((name) => [name, sorted([...readTexts('en', name).keys()].map(withoutPlural))]),
  )

  it.each(listSources())('exist for %s', (file) => {
    expect(listAskedFor(file).filter(({ namespace, key }) => !known.get(namespace)?.includes(key))).toEqual(
      [],
    )
  })

  it('exist for every channel', () => {
    expect(known.get('channels')).toEqual(sorted(CHANNEL_KEYS))
  })

  it('exist for every error of the server', () => {
    for (const code of Object.keys(errorStatus))
      expect(known.get('errors')).toEqual(expect.arrayContaining([`${code}.why`, `${code}.what`]))
  })
})

/** Each `t('key')` of a file, with the namespace that the file names in `useTranslation`. */
function listAskedFor(file: string): { namespace: string; key: string }[] {
  const source = readFileSync(project + file, 'utf8')
  const spoken = sorted([...source.matchAll(/useTranslation\('(\w+)'\)/g)].map(([, name = '']) => name))
  // A file that speaks with several namespaces must say which one with `t('namespace:key')`.
  const own = spoken.length === 1 ? spoken[0] : undefined
  return [...source.matchAll(/\bt\(\s*'(?:(\w+):)?([\w.]+)'/g)].flatMap(([, named, key = '']) => {
    const namespace = named ?? own
    return namespace === undefined ? [] : [{ namespace, key }]
  })
}

/** The source files of screens and parts that speak. */
function listSources(): string[] {
  const files = ['web', 'features'].flatMap((folder) =>
    readdirSync(project + folder, { recursive: true }).map((path) => `${folder}/${path}`),
  )
  return files.filter(
    (path) =>
      /^(web|features\/[^/]+\/web)\/.*\.tsx?$/.test(path) &&
      !path.endsWith('.test.ts') &&
      readFileSync(project + path, 'utf8').includes('useTranslation'),
  )
}
