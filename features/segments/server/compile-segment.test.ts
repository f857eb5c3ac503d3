import { expect, test } from 'vitest'
import type { TimeRange } from '../../../kernel/time.ts'
import { compileSegment } from './compile-segment.ts'
import type { PlainDefinition } from './list-references.ts'

const NOW = Date.UTC(2026, 2, 10, 23, 30)
const compile = (definition: PlainDefinition, period?: TimeRange) =>
  compileSegment(definition, { shop: 5, timeZone: 'Europe/Kyiv', currency: 'UAH', now: NOW, period })

const chat: PlainDefinition = {
  about: 'event',
  which: { touchpoint: 'chat' },
  times: { how: 'at_least', n: 2 },
}

test('events fold to identities, identities to persons, and values travel as parameters', () => {
  const { sql, params } = compile(chat)
  expect(sql).toContain('countIf(((touchpoint = {segment_1:String} OR arrival = {segment_1:String})')
  expect(sql).toContain('sum(e.events_1) AS person_1')
  expect(sql).toContain('HAVING person_1 >= 2')
  expect(sql).toContain('LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL')
  expect(params).toEqual({ shop: 5, segment_1: 'chat', segment_2: ['Standard Measured', 'Page Measured'] })
})

test('only events that some condition asks for are read, unless whoever did nothing belongs too', () => {
  expect(compile(chat).sql).toContain('FROM events FINAL WHERE shop = {shop:UInt32} AND ((')
  expect(compile({ not: chat }).sql).not.toContain('{shop:UInt32} AND ((')
  expect(compile({ all: [{ not: chat }, { about: 'device', is: 'phone' }] }).sql).toContain(
    '{shop:UInt32} AND ((',
  )
})

test('equal counters are reckoned once', () => {
  const { sql } = compile({ any: [chat, { ...chat, times: { how: 'exactly', n: 1 } }] })
  expect(sql).not.toContain('person_2')
  expect(sql).toContain('HAVING (person_1 >= 2 OR person_1 = 1)')
})

test('the last days are whole days of the shop, and today', () => {
  // In Kyiv it is the 11th already; the clock there is two hours ahead.
  const { params } = compile({ ...chat, when: { lastDays: 7 } })
  expect(Object.values(params)).toContain(Date.UTC(2026, 2, 3, 22))
})

test('days are half-open, and the period is the report’s', () => {
  const march = compile({ ...chat, when: { from: '2026-03-01', to: '2026-04-01' } })
  expect(Object.values(march.params)).toEqual(
    // Summer time begins within the month.
    expect.arrayContaining([Date.UTC(2026, 1, 28, 22), Date.UTC(2026, 2, 31, 21)]),
  )
  const report = { ...chat, when: { period: 'report' } } satisfies PlainDefinition
  expect(Object.values(compile(report, { from: 1, to: 2 }).params)).toEqual(expect.arrayContaining([1, 2]))
  expect(compile(report).sql).not.toContain('ts >=')
})

test('all of nothing is everybody, any of nothing is nobody', () => {
  expect(compile({ all: [] }).sql).toContain('HAVING 1')
  expect(compile({ any: [] }).sql).toContain('HAVING 0')
})
