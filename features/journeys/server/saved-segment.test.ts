import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from '../../accounts/server/actions.ts'
import type { Definition } from '../../segments/contract.ts'
import { type ContactSketch, sketchContacts } from './testing/record-contacts.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 8, 1, 9)
const NOW = Date.UTC(2026, 9, 1, 12)
const PERIOD = 'from=2026-09-01&to=2026-10-01'
let main: TestApp

beforeAll(async () => {
  main = await openTestApp({ now: () => NOW })
  await main.deps.writer.write(sketchContacts(main.shop, everybody.flatMap(walkOf)), [])
}, 60_000)
afterAll(() => main.close())

const everybody = Array.from({ length: 150 }, (_, index) => index)
const metCart = (index: number) => index % 3 === 0
const isUnhappy = (index: number) => index % 4 === 0

/** Everybody comes by an ad and looks; every third meets the cart, every fourth of all is unhappy, some order. */
function walkOf(index: number): ContactSketch[] {
  const who = `walker-${index}`
  const at = (hours: number) => START + (index + hours) * HOUR
  const walk: ContactSketch[] = [
    { who, at: at(0), kind: 'page', arrival: 'search_ad', touchpoint: 'landing_page', channel: 'search_ad' },
    { who, at: at(1), kind: 'page', touchpoint: 'product_page' },
  ]
  if (metCart(index)) walk.push({ who, at: at(2), name: 'Product Added', touchpoint: 'cart' })
  if (index % 6 === 0)
    walk.push({ who, at: at(3), name: 'Order Completed', touchpoint: 'checkout', order: `O-${index}` })
  const valence = isUnhappy(index) ? -1 : 0.5
  walk.push({ who, at: at(5), name: 'Feedback Given', touchpoint: 'product_page', valence })
  return walk
}

const segments = () => `/api/shops/${main.shop}/segments`

async function save(name: string, definition: Definition): Promise<number> {
  const answer = await main.as('owner')({ method: 'POST', url: segments(), payload: { name, definition } })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json().id
}

async function ask(query: string, path = '') {
  const url = `/api/shops/${main.shop}/journey-map${path}?${PERIOD}&${query}`
  const answer = await main.as('viewer')({ url })
  return { status: answer.statusCode, body: answer.json() }
}

/** The map of a shop to which nobody else ever came. */
async function mapOfOnly(persons: readonly number[], path = '') {
  const shop = await createShop(main.deps.db, { name: 'Only they' })
  await main.deps.writer.write(sketchContacts(shop, persons.flatMap(walkOf)), [])
  const viewer = await main.addMember(shop, 'viewer')
  return (await viewer.inject({ url: `/api/shops/${shop}/journey-map${path}?${PERIOD}` })).json()
}

const cart: Definition = { about: 'event', which: { touchpoint: 'cart' }, times: { how: 'at_least', n: 1 } }
const unhappy: Definition = { about: 'attitude', how: 'at_most', value: 0, answers: 1 }

test('the map of a saved segment is the map of a shop that has its persons alone', async () => {
  const id = await save('Met the cart', cart)
  const { body: map } = await ask(`segment=saved:${id}`)
  const alone = await mapOfOnly(everybody.filter(metCart))
  expect(map.meta).toMatchObject({ segment: `saved:${id}`, persons: 50, events: alone.meta.events })
  expect(map.stages).toEqual(alone.stages)
})

test('every kind of condition works in the statement of the map', async () => {
  const first: Definition = { about: 'touch', which: 'first', by: 'channel', values: ['search_ad'] }
  const walked: Definition = {
    about: 'sequence',
    steps: [{ touchpoint: 'landing_page' }, { touchpoint: 'product_page' }, { touchpoint: 'cart' }],
    withinDays: 1,
  }
  const id = await save('Everything at once', {
    all: [
      first,
      walked,
      unhappy,
      { about: 'orders', state: 'placed', times: { how: 'at_least', n: 1 }, when: { period: 'report' } },
      { about: 'spent', state: 'placed', how: 'at_most', amount: 1_000_000 },
      { not: { about: 'parcel', is: 'late', which: 'any' } },
      { not: { about: 'trait', where: { field: 'traits.age', op: 'at_least', value: 18 } } },
      { not: { about: 'answer', kind: 'csat', low: 1, high: 5, which: 'last' } },
    ],
  })
  const { body: map, status } = await ask(`segment=saved:${id}`)
  expect(status, JSON.stringify(map)).toBe(200)
  const alone = await mapOfOnly(everybody.filter((index) => index % 6 === 0 && isUnhappy(index)))
  expect(map.stages).toEqual(alone.stages)
})

test('two saved segments stand beside each other', async () => {
  const id = await save('Unhappy', unhappy)
  const other = await save('Not unhappy', { not: { about: 'segment', segment: id } })
  const { body: map } = await ask(`segment=saved:${id}&compare=segment:saved:${other}`)
  expect(map.meta.persons).toBe(everybody.filter(isUnhappy).length)
  expect(map.compared.meta).toMatchObject({
    segment: `saved:${other}`,
    persons: everybody.length - map.meta.persons,
  })
})

test('the list of persons and the page of a stage are of the same persons', async () => {
  const id = await save('Unhappy with a cart', { all: [cart, unhappy] })
  const expected = everybody.filter((index) => metCart(index) && isUnhappy(index)).length
  const { body: persons } = await ask(`segment=saved:${id}&stage=site&limit=100`, '/persons')
  expect(persons.items).toHaveLength(expected)
  const { body: page } = await ask(`segment=saved:${id}`, '/stage/site')
  expect(page.stage.persons).toBe(expected)
  const alone = await mapOfOnly(
    everybody.filter((index) => metCart(index) && isUnhappy(index)),
    '/stage/site',
  )
  expect(page).toMatchObject({ stage: alone.stage, trend: alone.trend, readings: alone.readings })
})

test('a changed segment shows on the map and on the stage’s page at once', async () => {
  const id = await save('To be changed', cart)
  expect((await ask(`segment=saved:${id}`)).body.meta.persons).toBe(50)
  expect((await ask(`segment=saved:${id}`, '/stage/site')).body.stage.persons).toBe(50)
  const payload = { name: 'To be changed', definition: { all: [cart, unhappy] }, baseVersion: 1 }
  await main.as('owner')({ method: 'PUT', url: `${segments()}/${id}`, payload })
  expect((await ask(`segment=saved:${id}`)).body.meta.persons).toBe(13)
  const { body } = await ask(`segment=saved:${id}`, '/stage/site')
  expect(body.stage.persons).toBe(13)
})

test('a segment that is unknown, removed or another shop’s isn’t found; an id that is none is refused', async () => {
  const removed = await save('Soon gone', cart)
  await main.as('owner')({ method: 'DELETE', url: `${segments()}/${removed}` })
  const foreign = await main.as('stranger')({ url: '/api/shops' })
  const elsewhere = foreign.json().items[0].id
  const made = await main.as('stranger')({
    method: 'POST',
    url: `/api/shops/${elsewhere}/segments`,
    payload: { name: 'Theirs', definition: cart },
  })
  const missing = [999_999_999, removed, made.json().id]
  for (const id of missing)
    for (const [query, path] of [
      [`segment=saved:${id}`, ''],
      [`compare=segment:saved:${id}`, ''],
      [`segment=saved:${id}&stage=site`, '/persons'],
      [`segment=saved:${id}`, '/stage/site'],
      [`segment=saved:${id}`, '/stage/site/words'],
    ] as const) {
      const { status, body } = await ask(query, path)
      expect(status, `${path} ${query}`).toBe(404)
      expect(body.error).toMatchObject({ code: 'not_found', message: 'The segment was not found.' })
    }
  for (const id of ['', '0', '-1', '1.5', 'x', '99999999999999999999'])
    expect((await ask(`segment=saved:${id}`)).body.error, id).toMatchObject({ code: 'validation_failed' })
})
