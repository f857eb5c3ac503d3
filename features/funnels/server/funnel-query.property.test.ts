import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchEvents } from '../../people/server/testing/feed-events.ts'
import { runReport } from '../../reports/server/reads.ts'
import type { FunnelStep } from '../contract.ts'
import { STEP_ORDERS, UNITS } from '../vocabulary.ts'
import { type ChoiceRow, spreadQuery, visitsQuery } from './choosing-query.ts'
import { type FunnelPlan, funnelQuery, personsQuery } from './funnel-query.ts'
import type { StepRow } from './funnel-result.ts'
import { type ReturnRow, returningQuery } from './returning-query.ts'
import { type SlowEvent, splitVisits, walkFunnel } from './testing/slow-funnel.ts'
import { countVisits, followPages, type SlowMoment } from './testing/slow-visits.ts'

const MINUTE = 60_000
const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 1) + 90 * MINUTE }
const SHOPS = 4
const QUESTIONS = 16
const VISITORS = 16

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

interface Drawn {
  who: string
  at: number
  name: string
  id: string
}

/** Ties, repeats, gaps, clocks set back, events before the period and behind it. */
function inventHistory(prng: Prng): Drawn[] {
  const events: Drawn[] = []
  for (let visitor = 0; visitor < VISITORS; visitor++) {
    let at = PERIOD.from - 20 * MINUTE + prng.below(90) * MINUTE
    for (let left = 1 + prng.below(9); left > 0; left--) {
      at += prng.pick([0, 0, 1, MINUTE, 5 * MINUTE, 31 * MINUTE, -3 * MINUTE] as const)
      events.push({
        who: `v${visitor}`,
        at,
        name: prng.pick(['a', 'b', 'c', 'x', 'ab']),
        id: `e${events.length}`,
      })
    }
  }
  return events
}

/** `ab` is an event that may make either step. */
const makes = (name: string, letter: string) => name === letter || (name === 'ab' && letter !== 'c')
const stepOf = (letter: string, optional: boolean): FunnelStep => ({
  where: { field: 'name', op: 'in', value: letter === 'c' ? ['c'] : [letter, 'ab'] },
  ...(optional && { optional }),
})

function inventQuestion(prng: Prng) {
  const order = prng.pick(STEP_ORDERS)
  const per = prng.pick(UNITS)
  const count = 2 + prng.below(3)
  const letters =
    order === 'any'
      ? ['a', 'b', 'c'].slice(0, Math.min(count, 3))
      : Array.from({ length: count }, () => prng.pick(['a', 'b', 'c']))
  const optional = letters.map((_, index) => index > 0 && prng.below(4) === 0)
  const windowMs = prng.pick([1, 2 * MINUTE, 10 * MINUTE, 300 * MINUTE])
  return { order, per, letters, optional, windowMs }
}

type Question = ReturnType<typeof inventQuestion>

/** For every person the steps they came to, by hand. */
function walk(history: readonly Drawn[], { order, per, letters, optional, windowMs }: Question) {
  const until = order === 'any' ? PERIOD.to : PERIOD.to + windowMs
  const persons = new Map<string, SlowEvent[]>()
  for (const { who, at, name } of history) {
    const steps = letters.flatMap((letter, index) => (makes(name, letter) ? [index] : []))
    if (at < PERIOD.from || at >= until) continue
    persons.set(who, [...(persons.get(who) ?? []), { at, steps }])
  }
  const slow = { count: letters.length, optional, order, windowMs, period: PERIOD }
  return [...persons].flatMap(([who, events]) =>
    (per === 'session' ? splitVisits(events) : [events]).map((unit) => ({
      who,
      took: walkFunnel(unit, slow),
    })),
  )
}

type Units = ReturnType<typeof walk>

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** What the statement says of one step, added up by hand over the persons. */
function summarise(units: Units, letters: readonly string[], optional: readonly boolean[], index: number) {
  const took = units.flatMap((unit) =>
    (unit.took[index] as number) >= 0 ? [unit.took[index] as number] : [],
  )
  if (took.length === 0) return []
  const before = letters.slice(0, index).findLastIndex((_, at) => !optional[at])
  const persons = [...groupBy(units, ({ who }) => who).values()].map((own) => {
    const count = (step: number) => own.filter((unit) => (unit.took[step] as number) >= 0).length
    return { here: count(index), first: count(0), before: count(Math.max(0, before)) }
  })
  const add = (of: (one: (typeof persons)[number]) => number) =>
    persons.reduce((sum, one) => sum + of(one), 0)
  const sorted = took.toSorted((a, b) => a - b)
  const bins = groupBy(took, (ms) => (ms < 1000 ? 0 : 1 + Math.floor(4 * Math.log2(ms / 1000))))
  return [
    {
      step: index + 1,
      n: took.length,
      persons: persons.filter(({ here }) => here > 0).length,
      known: 0,
      squares: add(({ here }) => here * here),
      with_first: add(({ here, first }) => here * first),
      with_previous: add((one) => one.here * one.before),
      middle: sorted[Math.floor(sorted.length / 2)],
      bins: [...bins].map(([bin, list]) => [bin, list.length]).sort(([a = 0], [b = 0]) => a - b),
    },
  ]
}

function sortBins({ took, bins: [numbers, counts], ...row }: StepRow) {
  return { ...row, known: 0, middle: took[1], bins: numbers.map((bin, index) => [bin, counts[index]]) }
}

test('the statement counts what trying every choice of events counts', { timeout: 170_000 }, async () => {
  const { clickhouse, writer, db } = system.deps
  let told = 0
  for (let seed = 0; seed < SHOPS; seed++) {
    const prng = createPrng(`funnel ${seed}`)
    const shop = await createShop(db, { name: `Funnel ${seed}` })
    const history = inventHistory(prng)
    const rows = sketchEvents(
      shop,
      history.map(({ who, at, name, id }) => ({ anonymous: who, at, name, messageId: id })),
    )
    // Some are sent again, and two visitors turn out to be one person.
    await writer.write([...rows, ...rows.filter(() => prng.below(4) === 0)], [])
    const identity = (who: string) => identityKey(shop, 'anonymous', who)
    await clickhouse.insert('identity_links', [
      { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
    ])
    const merged = history.map((event) => ({ ...event, who: event.who === 'v7' ? 'v2' : event.who }))
    for (let n = 0; n < QUESTIONS; n++) {
      const question = inventQuestion(prng)
      const { order, per, letters, optional, windowMs } = question
      const steps = letters.map((letter, index) => stepOf(letter, optional[index] as boolean))
      const plan: FunnelPlan = { shop, period: PERIOD, steps, order, per, windowMs }
      const units = walk(merged, question)
      const label = `shop ${seed}, question ${n}: ${JSON.stringify(question)}`
      const answer = await runReport<StepRow>(system.deps, funnelQuery(plan))
      expect(answer.map(sortBins), label).toEqual(
        letters.flatMap((_, index) => summarise(units, letters, optional, index)),
      )
      const there = await runReport<{ person: string }>(
        system.deps,
        personsQuery(plan, { step: 1, next: 2 }, { after: undefined, limit: 100 }),
      )
      const left = units.filter(({ took }) => (took[0] as number) >= 0 && (took[1] as number) < 0)
      expect(there.map(({ person }) => person).sort(), label).toEqual(
        [...new Set(left.map(({ who }) => identity(who)))].sort(),
      )
      if (answer.at(-1)?.step === letters.length) told++
    }
  }
  // Did nobody ever come through, the comparison would prove little.
  expect(told).toBeGreaterThan(SHOPS * QUESTIONS * 0.3)
})

const DAY = 86_400_000
const MONTH = { from: Date.UTC(2026, 2, 27), to: Date.UTC(2026, 3, 6) }
/** Of those who came late in the period it isn't known yet whether they come back. */
const NOW = Date.UTC(2026, 4, 2)

/** Visits with short and long silences, orders (some told twice), across midnight and a change of the clock. */
function inventVisits(prng: Prng) {
  return Array.from({ length: 40 }, (_, visitor) => {
    let at = MONTH.from - 50 * DAY + prng.below(45) * DAY
    return Array.from({ length: 4 + prng.below(9) }, (__, n): SlowMoment & { who: string; id: string } => {
      at += prng.pick([
        0,
        5 * MINUTE,
        30 * MINUTE,
        30 * MINUTE + 1,
        DAY,
        2 * DAY,
        3 * DAY,
        13 * DAY,
        30 * DAY,
      ])
      const kind = prng.pick(['page', 'page', 'page', 'order', 'call'])
      return {
        who: `p${visitor}`,
        id: `${visitor}-${n}`,
        at,
        isSite: kind === 'page',
        page: kind === 'page' ? prng.pick(['cart', 'faq', '']) : '',
        order: kind === 'order' ? `${visitor}-${prng.below(3)}` : '',
      }
    })
  })
}

const EVERYBODY = { period: MONTH, persons: () => ({ sql: '1', params: {} }) }
const countBy = (values: readonly string[]) =>
  [...groupBy(values, (value) => value)].map(([value, all]) => `${value}: ${all.length}`).sort()

test('visits before an order and visitors who come back are those of a slow walk', async () => {
  const { clickhouse, writer, db } = system.deps
  let told = 0
  for (let seed = 0; seed < 3; seed++) {
    const persons = inventVisits(createPrng(`visits ${seed}`))
    const shop = await createShop(db, { name: `Visits ${seed}` })
    const rows = sketchEvents(
      shop,
      persons.flat().map(({ who, at, id, isSite, order }) => ({
        anonymous: who,
        at,
        messageId: id,
        kind: isSite ? ('page' as const) : ('track' as const),
        name: isSite ? '' : order === '' ? 'Contact Started' : 'Order Completed',
        order,
      })),
    ).map((row, index) => ({ ...row, touchpoint: persons.flat()[index]?.page ?? '' }))
    await writer.write([...rows, ...rows.slice(0, 50)], [])
    // Two visitors turn out to be one person.
    const identity = (who: string) => identityKey(shop, 'anonymous', who)
    await clickhouse.insert('identity_links', [
      { shop, identity: identity('p1'), person: identity('p0'), version: 1, deleted: 0 },
    ])
    const [first = [], second = [], ...others] = persons
    const units = [[...first, ...second], ...others]
    const begun = Math.min(...persons.flat().map(({ at }) => at))
    const visits = await runReport<ChoiceRow>(system.deps, spreadQuery(visitsQuery(shop, EVERYBODY)))
    const slow = units.flatMap((moments) => countVisits(moments, MONTH, begun) ?? [])
    expect(visits.map(({ value, n }) => `${value}: ${n}`).sort()).toEqual(countBy(slow.map(String)))
    told += slow.filter((count) => count > 1).length
    const back = await runReport<ReturnRow>(system.deps, returningQuery(shop, EVERYBODY, 'touchpoint', NOW))
    const followed = units.flatMap((moments) => followPages(moments, MONTH, NOW))
    const over = units.filter((moments) => followPages(moments, MONTH, NOW).some(({ isOver }) => isOver))
    expect(back[0]?.persons ?? 0).toBe(over.length)
    for (const page of ['cart', 'faq']) {
      const own = followed.filter((one) => one.page === page)
      const over = own.filter(({ isOver }) => isOver)
      expect(back.find((row) => row.page === page)).toMatchObject({
        n: over.length,
        back: over.filter(({ isBack }) => isBack).length,
        open: own.length - over.length,
      })
    }
  }
  expect(told).toBeGreaterThan(3)
})
