import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import en from '../../../web/locales/en/journeys.json'
import ru from '../../../web/locales/ru/journeys.json'
import uk from '../../../web/locales/uk/journeys.json'

const words = { en, ru, uk }
const languages = ['en', 'ru', 'uk'] as const
const COUNTS = [1, 2, 5, 21]
/** Everything that `features/journeys/server/sentences.ts` can say, with what it may leave open. */
const COUNTED = [
  ...['better', 'worse'].flatMap((way) =>
    ['said', 'said_at', 'kept', 'kept_at'].map((what) => `${way}_${what}`),
  ),
  ...['worse_low_said', 'worse_low_said_at', 'worse_low_kept', 'worse_low_kept_at', 'worse_slow_at'],
  ...['next_mend', 'next_speed', 'next_ask'],
]
const PLAIN = ['gain_said', 'loss_said', 'gain_kept', 'loss_kept']

const values = {
  stage: 'STAGE',
  touchpoint: 'TOUCHPOINT',
  now: '+12',
  before: '−3',
  points: '+15',
  nowShare: '54 %',
  beforeShare: '40 %',
  changeShare: '+14',
  heard: '3',
}

async function openWords(language: (typeof languages)[number]) {
  const instance = i18next.createInstance()
  await instance.init({
    lng: language,
    resources: { [language]: { journeys: words[language] } },
    interpolation: { escapeValue: false },
  })
  return (key: string, count?: number) =>
    String(instance.t(`journeys:sentences.${key}`, { ...values, count }))
}

test('the catalogue holds these sentences and no others', () => {
  const plain = Object.keys(en.sentences).map((key) => key.replace(/_(one|few|many|other)$/, ''))
  expect([...new Set(plain)].sort()).toEqual([...COUNTED, ...PLAIN].sort())
})

describe.each(languages)('in %s', (language) => {
  test('every sentence is whole for 1, 2, 5 and 21 persons, in the form of that number', async () => {
    const write = await openWords(language)
    const forms = new Intl.PluralRules(language)
    for (const key of COUNTED)
      for (const count of COUNTS) {
        const text = write(key, count)
        const place = `${language} ${key} ${count}: ${text}`
        expect(text, place).toMatch(/^[\p{Lu}“«"].*\.$/u)
        expect(text, place).not.toMatch(/\{\{|\}\}|undefined|sentences\.|\$t\(| {2}|^\s|\s$/)
        // Tags of emphasis come in pairs, round something.
        expect(text.replace(/<b>[^<]+<\/b>/g, ''), place).not.toMatch(/[<>]/)
        expect(text, place).toContain(String(count))
        const form = `${key}_${forms.select(count)}` as keyof (typeof words)['ru']['sentences']
        const own = (words[language].sentences as Record<string, string>)[form] ?? ''
        const filled = own.replace(/\{\{(\w+)(, number)?\}\}/g, (_, name: string) =>
          name === 'count' ? String(count) : values[name as keyof typeof values],
        )
        expect(text, place).toBe(filled)
      }
  })

  test('gains and losses are one phrase', async () => {
    const write = await openWords(language)
    for (const key of PLAIN) expect(write(key)).toMatch(/^\p{Ll}[^{}]*$/u)
  })
})

test('the forms of persons are those of the language', async () => {
  const [english, russian, ukrainian] = await Promise.all(languages.map(openWords))
  const tails = (write: typeof english) =>
    COUNTS.map((count) => write?.('worse_slow_at', count).split('. ').at(-1))
  expect(tails(english)).toEqual([
    '1 person was here.',
    '2 people were here.',
    '5 people were here.',
    '21 people were here.',
  ])
  expect(tails(russian)).toEqual([
    'Здесь был 1 человек.',
    'Здесь было 2 человека.',
    'Здесь было 5 человек.',
    'Здесь был 21 человек.',
  ])
  expect(tails(ukrainian)).toEqual([
    'Тут була 1 людина.',
    'Тут було 2 людини.',
    'Тут було 5 людей.',
    'Тут була 21 людина.',
  ])
})
