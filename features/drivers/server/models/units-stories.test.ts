import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { getDefaultRegistry } from '../../../touchpoints/server/reads.ts'
import type { Outcome } from '../../vocabulary.ts'
import { findLevel, findLevelBounds } from '../units/levels.ts'
import { MOST_OF_PERSON, makeUnits } from '../units/make-units.ts'
import { SAYS } from '../units/packed.ts'
import type { History, HistoryEvent } from '../units/read-history.ts'
import { toTable } from '../units/to-table.ts'
import type { Unit } from '../units/unit.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 5, 10)
const { registry } = getDefaultRegistry()

const on = (day: number, event: Partial<HistoryEvent> = {}): HistoryEvent => ({
  at: START + day * DAY,
  ...{ says: SAYS.nothing, touchpoint: '', arrival: '', order: '', about: '', measure: '', facts: 0 },
  ...{ measured: null, value: null, texts: [] },
  ...event,
})
const look = (day: number, touchpoint = 'catalogue', arrival = '') =>
  on(day, { touchpoint, arrival, texts: ['phone', 'Kettles', arrival || 'direct'] })
const place = (day: number, order = 'o1', amount = 50_000) =>
  on(day, {
    ...{ says: SAYS.placed, touchpoint: 'confirmation', order, value: amount },
    texts: ['card', 'branch', 'Odesa', 'Kettles', '', ''],
  })
const state = (day: number, says: HistoryEvent['says'], order = 'o1') => on(day, { says, order })
const late = (day: number, measured: number, order = 'o1') =>
  on(day, { says: SAYS.measured, touchpoint: 'carrier', measure: 'days_late', measured, order })
const wait = (day: number, measured: number, about = 'c1') =>
  on(day, { says: SAYS.measured, touchpoint: 'chat', measure: 'first_answer_seconds', measured, about })
const mark = (day: number, value: number, more: Partial<HistoryEvent> = {}) =>
  on(day, { says: SAYS.feedback, value, texts: ['csat', ''], ...more })

function unitsOf(outcome: Outcome, events: HistoryEvent[], until = 400, to = 100) {
  const history: History = { person: 'p', events: [...events].sort((a, b) => a.at - b.at) }
  const period = { from: START - DAY, to: START + to * DAY }
  const plan = { outcome, period, recordedUntil: START + until * DAY, timeZone: 'Europe/Kyiv', registry }
  return makeUnits([history], { ...plan, silenceMs: 30 * DAY, facts: [] })
}
const oneOf = (...args: Parameters<typeof unitsOf>) => unitsOf(...args).units[0] as Unit

test('ordered: what happened from the first contact up to the order counts, what came after it doesn’t', () => {
  const unit = oneOf('ordered', [
    look(0, 'catalogue', 'search_ad'),
    wait(1, 2_000),
    place(2),
    wait(3, 10),
    look(3, 'faq'),
  ])
  expect(unit).toMatchObject({ outcome: 1, amount: 50_000, at: START })
  expect(unit.readings).toEqual([{ key: 'chat.first_answer_seconds', level: 'badly' }])
  expect([...unit.met]).toEqual(['catalogue'])
  expect(unit.controls).toMatchObject({
    source: 'search_ad',
    device: 'phone',
    returning: 'new',
    weekend: 'workday',
  })
})

test('ordered: pages count where they were met in the first visit, since who hasn’t ordered has weeks to meet them', () => {
  const unit = oneOf('ordered', [look(0, 'catalogue'), look(0.1, 'product_page'), look(3, 'faq'), place(4)])
  expect([...unit.met]).toEqual(['catalogue', 'product_page'])
  expect(oneOf('ordered', [look(0, 'faq'), look(0.01, 'catalogue')]).met).toEqual(
    new Set(['faq', 'catalogue']),
  )
  // A talk in the store the day before is no visit of the site.
  const talk = on(0, { touchpoint: 'store_talk' })
  expect(
    oneOf('ordered', [talk, look(1, 'catalogue'), look(1.1, 'faq'), look(2, 'site_search')]).met,
  ).toEqual(new Set(['catalogue', 'faq']))
})

test('ordered: a page met by chance changes nothing, however long those look around who don’t order', () => {
  const { float } = createPrng('immortal time')
  const groups = [0, 1].map(() => ({ n: 0, first: 0, ever: 0 }))
  for (let person = 0; person < 4_000; person++) {
    const events: HistoryEvent[] = []
    let day = 0
    // Those who don't order soon come again and again.
    while (day < 28) {
      events.push(look(day), ...(float() < 0.2 ? [look(day + 0.02, 'faq')] : []))
      if (float() < 0.12) {
        events.push(place(day + 0.04))
        break
      }
      day += 2
    }
    const { outcome, met } = oneOf('ordered', events)
    const group = groups[outcome] as (typeof groups)[number]
    group.n++
    group.first += met.has('faq') ? 1 : 0
    group.ever += events.some(({ touchpoint }) => touchpoint === 'faq') ? 1 : 0
  }
  const [without, ordered] = groups as [(typeof groups)[number], (typeof groups)[number]]
  const differ = (key: 'first' | 'ever') => ordered[key] / ordered.n - without[key] / without.n
  const error = Math.sqrt(0.2 * 0.8 * (1 / ordered.n + 1 / without.n))
  expect(Math.abs(differ('first'))).toBeLessThan(3 * error)
  expect(differ('ever')).toBeLessThan(-0.2)
})

test('ordered: an order after 30 days is none, and whose 30 days aren’t over is left out', () => {
  expect(oneOf('ordered', [look(0), place(31)]).outcome).toBe(0)
  expect(unitsOf('ordered', [look(0)], 29)).toMatchObject({ units: [], unripe: 1 })
  expect(unitsOf('ordered', [look(0)], 30)).toMatchObject({ units: [{ outcome: 0 }], unripe: 0 })
})

test('ordered: who begins with the order has met nothing, and a way that began before the period isn’t of it', () => {
  expect(unitsOf('ordered', [place(0)]).units).toEqual([])
  expect(unitsOf('ordered', [look(-10), look(1)]).units).toEqual([])
  expect(unitsOf('ordered', [look(-40), look(1)]).units).toHaveLength(1)
})

test('bought out: an order is judged 20 days after it came, whatever its end, by what happened until it came', () => {
  const story = [look(0), place(1), late(4, 2), state(4, SAYS.arrived)]
  expect(oneOf('bought_out', [...story, state(6, SAYS.received)])).toMatchObject({
    ...{ outcome: 1, amount: 50_000, readings: [{ key: 'carrier.days_late', level: 'missed' }] },
    controls: { region: 'Odesa', payment: 'card', delivery: 'branch', category: 'Kettles' },
  })
  expect(oneOf('bought_out', [...story, state(9, SAYS.refused)])).toMatchObject({ outcome: 0, amount: 0 })
  expect(oneOf('bought_out', story)).toMatchObject({ outcome: 0 })
  // Received at once, and yet not told before the refusals of the same days could have come.
  expect(unitsOf('bought_out', [...story, state(6, SAYS.received)], 23)).toMatchObject({
    units: [],
    unripe: 1,
  })
  expect(unitsOf('bought_out', [place(1), state(2, SAYS.cancelled)])).toMatchObject({ units: [], unripe: 0 })
})

test('bought out: an order of which nothing came is waited for 60 days and no longer', () => {
  expect(unitsOf('bought_out', [place(1)], 60)).toMatchObject({ units: [], unripe: 1 })
  expect(unitsOf('bought_out', [place(1)], 61)).toMatchObject({ units: [], unripe: 0 })
})

test('whoever has more events than a customer could have is none', () => {
  const looks = Array.from({ length: MOST_OF_PERSON }, () => look(0))
  expect(unitsOf('ordered', looks).units).toHaveLength(1)
  expect(unitsOf('ordered', [...looks, look(0)]).units).toEqual([])
})

test('bought out: what another order measured is no fact of this one', () => {
  const unit = oneOf('bought_out', [place(1), late(2, 5, 'other'), late(4, 0), state(4, SAYS.arrived)])
  expect(unit.readings).toEqual([{ key: 'carrier.days_late', level: 'kept' }])
})

test('repeat: an order between day 21 and 90 is one, a sooner one leaves the person out, a later one is none', () => {
  const story = [place(0), state(3, SAYS.received)]
  expect(oneOf('repeat', [...story, place(30, 'o2', 7_000)])).toMatchObject({ outcome: 1, amount: 7_000 })
  expect(unitsOf('repeat', [...story, place(20, 'o2')]).units).toEqual([])
  expect(oneOf('repeat', [...story, place(94, 'o2')]).outcome).toBe(0)
  expect(unitsOf('repeat', story, 92)).toMatchObject({ units: [], unripe: 1 })
  // Placed before the parcel came, and reported once more after it.
  expect(oneOf('repeat', [place(0), place(2, 'o2'), state(3, SAYS.received), place(30, 'o2')]).outcome).toBe(
    0,
  )
})

test('repeat: card, newsletter and defects count up to day 21; openers are only the plain comparison', () => {
  const unit = oneOf('repeat', [
    ...[place(0), on(1, { says: SAYS.packed, order: 'o1', texts: ['card'] }), state(3, SAYS.received)],
    ...[on(0, { says: SAYS.subscribed }), on(6, { says: SAYS.delivered }), on(7, { says: SAYS.read })],
    on(8, { says: SAYS.opened, order: 'o1', about: 'd1' }),
    on(10, { says: SAYS.resolved, order: 'o1', about: 'd1', texts: ['1'] }),
    on(30, { says: SAYS.opened, order: 'o1', about: 'd2' }),
  ])
  expect(Object.fromEntries(unit.events)).toEqual({
    insert: { isKnown: true, is: true },
    newsletter: { isKnown: true, is: true, naive: true },
    defect: { isKnown: true, is: true, naive: true },
    solved: { isKnown: true, is: true, naive: true },
    second_defect: { isKnown: true, is: false, naive: false },
    second_solved: { isKnown: true, is: false, naive: null },
  })
})

test('repeat: a call about a defect is no call before buying', () => {
  const unit = oneOf('repeat', [wait(-0.5, 10), place(0), state(3, SAYS.received), wait(8, 9_000, 'c2')])
  expect(unit.readings).toEqual([{ key: 'chat.first_answer_seconds', level: 'kept' }])
})

test('recommendation: the last answer counts, with what became of its order before it', () => {
  const nps = (day: number, value: number) => mark(day, value, { texts: ['nps', ''], order: 'o1' })
  const unit = oneOf('recommendation', [
    ...[place(0), late(4, 3), state(4, SAYS.arrived), state(5, SAYS.received)],
    ...[mark(5.5, 0.9, { order: 'o1' }), nps(20, 8), nps(40, 3)],
    on(50, { says: SAYS.opened, order: 'o1', about: 'd1' }),
    // A faulty form.
    nps(55, 80),
  ])
  expect(unit).toMatchObject({
    outcome: 3,
    hasFailed: true,
    readings: [{ key: 'carrier.days_late', level: 'badly' }],
  })
  // The mark came after the parcel: nothing had been said before.
  expect(unit.attitude).toBeUndefined()
  expect(unit.events.get('defect')?.is).toBe(false)
})

test('rating: a mark has the facts of its own contact, its operator and topic', () => {
  const { units } = unitsOf('rating', [
    on(1, { says: SAYS.started, touchpoint: 'chat', about: 'c1', texts: ['chat', 'setup'] }),
    on(1.1, { says: SAYS.answered, about: 'c1', texts: ['bot', ''] }),
    on(1.2, { says: SAYS.answered, about: 'c1', texts: ['human', 'Taras'] }),
    ...[wait(1, 700), wait(1, 5, 'c2'), mark(1.3, -0.5, { about: 'c1', touchpoint: 'chat' }), mark(2, 1)],
  ])
  expect(units).toHaveLength(1)
  expect(units[0]).toMatchObject({ outcome: -50, operator: 'Taras', readings: [{ level: 'missed' }] })
  expect(units[0]?.controls).toMatchObject({ topic: 'setup', touchpoint: 'chat', operator: 'Taras' })
})

test('rating: who is asked before the parcel came knows how late it is already', () => {
  const promise = (day: string) => on(0, { says: SAYS.promised, order: 'o1', texts: [day] })
  const asked = mark(6, -1, { order: 'o1', touchpoint: 'survey' })
  const level = (...events: HistoryEvent[]) => oneOf('rating', [place(0), ...events, asked]).readings
  // The mark is given on 11 January.
  expect(level(promise('2026-01-10'))).toEqual([{ key: 'carrier.days_late', level: 'missed' }])
  expect(level(promise('2026-01-07'))).toEqual([{ key: 'carrier.days_late', level: 'badly' }])
  expect(level(promise('2026-01-11'))).toEqual([])
  expect(level(promise('2026-01-07'), late(3, 1), state(3, SAYS.arrived))).toEqual([
    { key: 'carrier.days_late', level: 'missed' },
  ])
  expect(level(promise('2026-01-07'), state(5, SAYS.cancelled))).toEqual([])
})

test('levels: badly is beyond three times the bad bound, of days from the third on', () => {
  const find = (key: string) =>
    registry.touchpoints.flatMap(({ standards }) => standards).find(({ measure }) => measure === key)
  const [chat, days, same] = ['first_answer_seconds', 'days_late', 'price_same'].map(find)
  if (!chat || !days || !same) throw new Error('The registry has these standards.')
  expect([120, 121, 600, 601, 1_800, 1_801].map((value) => findLevel(chat, value))).toEqual([
    'kept',
    'between',
    'between',
    'missed',
    'missed',
    'badly',
  ])
  expect([0, 1, 2, 3].map((value) => findLevel(days, value))).toEqual(['kept', 'missed', 'missed', 'badly'])
  expect([1, 0].map((value) => findLevel(same, value))).toEqual(['kept', 'missed'])
  expect(findLevelBounds(chat, 'badly')).toEqual({ from: 1_800, to: null })
  expect(findLevelBounds(days, 'missed')).toEqual({ from: 0, to: 2 })
})

test('a step of ordering is no driver of it: nobody who didn’t order knows it', () => {
  const people = Array.from({ length: 80 }, (_, person): History => {
    const tried = on(1.9, { touchpoint: 'payment', measure: 'first_try', measured: person % 2, order: 'x' })
    return { person: `p${person}`, events: person < 40 ? [look(0), tried, place(2)] : [look(0)] }
  })
  const period = { from: START - DAY, to: START + DAY }
  const plan = { outcome: 'ordered' as const, period, recordedUntil: START + 90 * DAY, registry, facts: [] }
  const { units, ground } = makeUnits(people, { ...plan, timeZone: 'Europe/Kyiv', silenceMs: 30 * DAY })
  const { aside, table } = toTable(units, ground)
  expect(aside.find(({ key }) => key === 'payment.first_try')).toMatchObject({
    leftOut: 'told_apart',
    known: 40,
  })
  expect(table.predictors.map(({ key }) => key)).toEqual(['met.catalogue'])
  expect([table.persons, table.amounts.amount.length]).toEqual([80, 40])
})
