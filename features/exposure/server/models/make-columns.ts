import { isHappening, type Outcome } from '../../vocabulary.ts'
import { findBin } from './bins.ts'
import type { DrawnRows } from './draw-rows.ts'

const MAX_CHANNELS = 6
/** A value that came with fewer outcomes than this can't have an effect of its own; it goes with the usual ones. */
const MIN_EVENTS = 5

/** Ones, then what else may lie behind the outcome: all of it known before the day began. */
export function makeControls(rows: DrawnRows, outcome: Outcome): Float64Array[] {
  const bought = rows.sinceOrder.map((days) => Number(days > 0))
  const months = rows.sinceOrder.map((days) => days / 30)
  return [
    new Float64Array(rows.n).fill(1),
    rows.sinceFirst.map(Math.log1p),
    rows.sinceFirst.map((days) => days / 30),
    rows.otherRecent.map(Math.log1p),
    rows.otherBefore.map(Math.log1p),
    bought,
    rows.sinceOrder.map(Math.log1p),
    months,
    months.map((one) => one * one),
    rows.isPhone,
    ...tellApart(Int32Array.from(rows.channel), rows, outcome).slice(0, MAX_CHANNELS),
    ...tellApart(Int32Array.from(rows.day, findWeekday), rows, outcome),
    ...tellApart(Int32Array.from(rows.day, findMonth), rows, outcome),
  ]
}

/** A column for each value but the most frequent, the frequent ones first. */
function tellApart(values: Int32Array, rows: DrawnRows, outcome: Outcome): Float64Array[] {
  const counts = new Map<number, { days: number; events: number }>()
  values.forEach((value, at) => {
    const count = counts.get(value) ?? { days: 0, events: 0 }
    count.days++
    if (!isHappening(outcome) || (rows.outcome[at] as number) > 0) count.events++
    counts.set(value, count)
  })
  const known = [...counts].sort(([a, { days: left }], [b, { days: right }]) => right - left || a - b)
  return known
    .slice(1)
    .filter(([, { events }]) => events >= MIN_EVENTS)
    .map(([value]) => Float64Array.from(values, (one) => Number(one === value)))
}

/** 1 January 1970 was a Thursday. */
const findWeekday = (day: number) => (day + 3) % 7
const findMonth = (day: number) => new Date(day * 86_400_000).getUTCMonth()

/** A column for each group of contacts but the first, which is none. */
export function makeBinColumns(past: Float64Array, starts: readonly number[]): Float64Array[] {
  const places = Int32Array.from(past, (contacts) => findBin(starts, contacts))
  return starts.slice(1).map((_, at) => Float64Array.from(places, (place) => Number(place === at + 1)))
}

/** Knots of the smooth curve, in ln(1 + contacts): none, 2 and 8. */
const KNOTS = [0, Math.log1p(2), Math.log1p(8)] as const

/**
 * A curve that bends between the knots and is straight in ln(1 + contacts) beyond them: a restricted cubic spline
 * (Harrell, “Regression Modeling Strategies”, 2.4.5).
 */
export function bend(contacts: number): [number, number] {
  const u = Math.log1p(contacts)
  const [a, b, c] = KNOTS
  const cube = (t: number) => Math.max(0, u - t) ** 3
  return [u, (cube(a) - (cube(b) * (c - a)) / (c - b) + (cube(c) * (b - a)) / (c - b)) / (c - a) ** 2]
}
