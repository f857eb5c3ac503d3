import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventCollector } from '../event-log.ts'
import { discoverPaths } from './discover-paths.ts'

interface Event {
  who: number
  what: string
  at: number
}

function collect(events: readonly Event[]) {
  const collector = createEventCollector()
  for (const { who, what, at } of events) collector.add(who, what, at)
  return collector.finish()
}

/** Few names and few times, so that ties, repeats and gaps are common. */
const histories = fc
  .array(
    fc.record({
      who: fc.integer({ min: 0, max: 4 }),
      what: fc.constantFrom('a', 'b', 'c'),
      at: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  // Case numbers are given in the order of appearance.
  .map((events) => {
    const seen: number[] = []
    return events.map((event): Event => {
      if (!seen.includes(event.who)) seen.push(event.who)
      return { ...event, who: seen.indexOf(event.who) }
    })
  })

/** The slow and obvious way: lists of lists. */
function listSessions(events: readonly Event[], gap: number): string[][] {
  const sessions: string[][] = []
  for (const who of new Set(events.map((event) => event.who))) {
    const own = events.filter((event) => event.who === who)
    // The sort of the language is stable, so events of one time keep their order.
    own.sort((a, b) => a.at - b.at)
    let last: number | undefined
    for (const { what, at } of own) {
      if (last === undefined || at - last > gap) sessions.push([])
      sessions.at(-1)?.push(what)
      last = at
    }
  }
  return sessions
}

function count<T>(values: readonly T[]): Map<T, number> {
  return values.reduce(
    (counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1),
    new Map<T, number>(),
  )
}

test.each([undefined, 0, 3])(
  'cases, edges, starts, ends and variants are what lists of lists give, gap %s',
  (gap) => {
    fc.assert(
      fc.property(histories, (events) => {
        const sessions = listSessions(events, gap ?? Number.POSITIVE_INFINITY)
        const answer = discoverPaths(collect(events), { sessionGapMs: gap, top: 100 })
        const pairs = sessions.map((path) => path.slice(1).map((to, at) => `${path[at]} ${to}`))
        const times = count(pairs.flat())
        const cases = count(pairs.flatMap((some) => [...new Set(some)]))
        const variants = count(sessions.map((path) => path.join()))
        expect(answer.cases).toBe(sessions.length)
        expect(answer.events).toBe(events.length)
        expect(answer.activities).toBe(new Set(events.map((event) => event.what)).size)
        expect(new Map(answer.edges.map((edge) => [`${edge.from} ${edge.to}`, edge.count]))).toEqual(times)
        expect(new Map(answer.edges.map((edge) => [`${edge.from} ${edge.to}`, edge.cases]))).toEqual(cases)
        expect(new Map(answer.starts.map((one) => [one.activity, one.count]))).toEqual(
          count(sessions.map((path) => path[0])),
        )
        expect(new Map(answer.ends.map((one) => [one.activity, one.count]))).toEqual(
          count(sessions.map((path) => path.at(-1))),
        )
        expect(answer.variants).toBe(variants.size)
        expect(new Map(answer.topVariants.map((one) => [one.path.join(), one.count]))).toEqual(variants)
        expect(answer.topVariants.at(-1)?.coverage).toBeCloseTo(1, 12)
      }),
      { numRuns: 200 },
    )
  },
)

test('the top variants come most frequent first, ties by name, with what they cover', () => {
  const events = ['ab', 'ab', 'b', 'a', 'c'].flatMap((path, who) =>
    [...path].map((what, at) => ({ who, what, at })),
  )
  expect(discoverPaths(collect(events), { top: 2 }).topVariants).toEqual([
    { path: ['a', 'b'], count: 2, share: 0.4, coverage: 0.4 },
    { path: ['a'], count: 1, share: 0.2, coverage: expect.closeTo(0.6, 12) },
  ])
  expect(discoverPaths(collect(events), { top: 0 }).topVariants).toEqual([])
})

test('more activities than code units, and a path longer than any list of arguments', () => {
  const many = Array.from({ length: 70_000 }, (_, at) => ({ who: 0, what: `page ${at}`, at }))
  const answer = discoverPaths(collect(many), { top: 1 })
  expect(answer).toMatchObject({ activities: 70_000, variants: 1, cases: 1 })
  expect(answer.topVariants[0]?.path[69_999]).toBe('page 69999')
  const long = Array.from({ length: 200_000 }, (_, at) => ({ who: 0, what: at % 2 ? 'a' : 'b', at }))
  expect(discoverPaths(collect(long), { top: 1 }).topVariants[0]?.path).toHaveLength(200_000)
})
