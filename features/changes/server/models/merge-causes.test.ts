import { expect, test } from 'vitest'
import type { Metric } from '../../vocabulary.ts'
import { type Audience, EVERYBODY, type Figures, type Series, VISIT, type Week } from './figures.ts'
import type { Change } from './find-change.ts'
import { mergeCauses } from './merge-causes.ts'

const NOBODY = { n: 0, sum: 0, squares: 0 }
const week = (n: number): Week => ({
  ...{ n, followed: n, ordered: 0, said: NOBODY, kept: NOBODY, speed: NOBODY },
  ...{ median: 0, upper: 0 },
})
const audience = (dimension: Audience['dimension'], value: string): Audience => ({
  ...{ key: `${dimension}:${value}`, dimension, value, persons: 100, known: 1_000 },
})

/** 1,000 visitors a week, of whom from week 6 on 300 come from a new network, all of them with phones. */
const persons: Record<string, number[]> = {
  [EVERYBODY]: [700, 1_000],
  'origin:social/new': [0, 300],
  'device:phone': [350, 650],
  'device:computer': [350, 350],
  'region:east': [100, 250],
}
const social: Record<string, number[]> = { [EVERYBODY]: [35, 335], 'origin:social/new': [0, 300] }
const lineOf = ([before = 0, after = 0]: number[] = []) =>
  Array.from({ length: 10 }, (_, at) => week(at < 6 ? before : after))
const figures: Figures = {
  ...{ firstWeek: 0, weeks: 10, followedWeeks: 8 },
  places: [{ key: 'social', group: VISIT, isApart: false, speed: null }],
  audiences: [
    audience('origin', 'social/new'),
    audience('device', 'phone'),
    audience('device', 'computer'),
    audience('region', 'east'),
  ],
  line: (place, of) => lineOf(place === VISIT ? persons[of] : social[of]),
  known: () => lineOf(persons[EVERYBODY]),
  recent: (of) => 4 * (persons[of]?.[1] ?? 0),
  recentKnown: (_, of = EVERYBODY) => 4 * (persons[of]?.[1] ?? 0),
  both: (one, other) => (one === 'device:phone' && other === 'origin:social/new' ? 1_200 : 0),
}

function change(metric: Metric, place: string, of: string, shares: [number, number], size: number): Change {
  const empty = new Float64Array(10)
  const series: Series = { metric, place, audience: of, kind: 'share', n: empty, sum: empty, squares: empty }
  const [before, after] = shares
  if (metric === 'reach') {
    series.n = empty.map((_, at) => persons[of]?.[at < 6 ? 0 : 1] ?? 0)
    series.sum = empty.map((_, at) => social[of]?.[at < 6 ? 0 : 1] ?? 0)
  }
  const told = { low: 0, high: 0, n: 4_000, past: 6_000, p: 1e-9, scatter: { factor: 1, df: 50 } }
  return { series, from: 6, last: 9, before, after, size, ...told }
}

const fresh = change('share', '', 'origin:social/new', [0, 0.3], 50)
const phones = change('share', '', 'device:phone', [0.5, 0.65], 12)
const computers = change('share', '', 'device:computer', [0.5, 0.35], 12)
const east = change('share', '', 'region:east', [0.14, 0.25], 9)
const reached = change('reach', 'social', EVERYBODY, [0.05, 0.335], 30)

test('what isn’t there without the new audience is told with it, once', () => {
  const alarms = mergeCauses([phones, computers, reached, fresh], figures)
  expect(alarms).toHaveLength(1)
  expect(alarms[0]?.lead).toBe(fresh)
  expect(alarms[0]?.facets).toEqual([phones, computers, reached])
})

test('what grew besides has a cause of its own', () => {
  const alarms = mergeCauses([fresh, east], figures)
  expect(alarms.map(({ lead }) => lead)).toEqual([fresh, east])
})

test('a change of other weeks is another one', () => {
  const earlier = { ...reached, from: 2 }
  expect(mergeCauses([fresh, earlier], figures)).toHaveLength(2)
})

test('of one touchpoint everybody leads', () => {
  const kept = (of: string, size: number) => change('kept', 'chat', of, [0.9, 0.6], size)
  const [alarm, ...rest] = mergeCauses([kept('device:phone', 20), kept(EVERYBODY, 9)], figures)
  expect(rest).toEqual([])
  expect(alarm?.lead.series.audience).toBe(EVERYBODY)
})
