import { expect, test } from 'vitest'
import type { MapPersons } from '../contract.ts'
import { judgeTemplate } from './judge-template.ts'
import { ask, call, MINUTE, openOddShops, PERIOD, placeOf, record, START } from './testing/odd-shop.ts'

openOddShops()

test.each([
  [100, 100, 0, 'kept'],
  [100, 90, 0, 'kept'],
  [100, 75, 0, 'unsure'],
  [100, 50, 0, 'between'],
  [100, 50, 25, 'unsure'],
  [100, 30, 60, 'missed'],
  [10, 0, 10, 'unsure'],
  [20, 20, 0, 'kept'],
  [0, 0, 0, 'unsure'],
] as const)('of %i loadings %i good and %i bad: %s', (n, good, bad, verdict) => {
  expect(judgeTemplate({ n, good, bad })).toBe(verdict)
})

const PERSONS = 120

/** Persons load a product page once and the gallery four times: the n-th in n · 100 ms, the gallery in 5 s always. */
const loadings = Array.from({ length: PERSONS }, (_, n) => {
  const page = { who: `p${n}`, name: 'Page Measured', touchpoint: 'product_page', measure: 'lcp' }
  const gallery = { ...page, template: 'gallery', measured: 5_000 }
  return [
    { who: `p${n}`, at: START + n * MINUTE, kind: 'page' as const, touchpoint: 'product_page' },
    { ...page, at: START + n * MINUTE + 1, template: 'product', measured: n * 100 },
    ...[2, 3, 4, 5].map((ms) => ({ ...gallery, at: START + n * MINUTE + ms })),
  ]
}).flat()

test('kept is each person’s own share of good loadings; templates are judged by the 75th percentile beside it', async () => {
  await record(loadings)
  const map = await ask()
  const page = placeOf(map, 'site', 'product_page')
  // Good up to 2.5 s: persons 0…25; up to 4 s, 26…40, in between. Each has four bad loadings besides.
  expect(page?.kept?.n).toBe(PERSONS)
  expect(page?.kept?.mean).toBeCloseTo((26 + 15 / 2) / 5 / PERSONS, 9)
  expect(page).toMatchObject({
    persons: PERSONS,
    contacts: PERSONS,
    measured: PERSONS,
    isByLoad: true,
    templates: { kept: 0, between: 0, missed: 2, unsure: 0 },
  })
  expect(map.stages.find(({ key }) => key === 'site')?.kept).toEqual(page?.kept)
  expect(map.sentences.worse).toMatchObject({ key: 'worse_slow_at', touchpoint: 'product_page' })
  expect(map.sentences.next).toMatchObject({ key: 'next_speed', touchpoint: 'product_page' })
  const { body } = await call<MapPersons>(
    `/journey-map/persons${PERIOD}&stage=site&touchpoint=product_page&kind=missed&limit=200`,
  )
  expect(body.items).toHaveLength(PERSONS)
})

test('a page that also keeps another standard is no page that is only slow or fast', async () => {
  await record([
    ...loadings,
    ...Array.from({ length: PERSONS }, (_, n) => ({
      who: `p${n}`,
      at: START + n * MINUTE,
      name: 'Product Viewed',
      touchpoint: 'product_page',
      measure: 'content_present',
      measured: 1,
    })),
  ])
  const page = placeOf(await ask(), 'site', 'product_page')
  expect(page?.isByLoad).toBe(false)
  expect(page?.kept?.mean).toBeCloseTo(((26 + 15 / 2) / PERSONS + 1) / 6, 9)
})
