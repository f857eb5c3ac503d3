import { findWilsonInterval } from '../../../../kernel/stats/wilson.ts'
import { type Day, findDay, formatDay, readDay } from '../../../../kernel/time.ts'
import type { Cohort, Cohorts, Retention, Share } from '../../contract.ts'
import type { CohortSize } from '../../vocabulary.ts'
import type { DayRow } from '../cohorts-query.ts'

/** Which days there are, and how far persons were followed. */
export interface CohortsFrame {
  size: CohortSize
  /** First days, half-open. */
  days: { from: Day; to: Day }
  followed: { count: number; days: number }
  /** The day that isn't over yet, or of which not everything is recorded: nobody is followed up to it. */
  observed: Day
}

/** Values shown by themselves; the others are one group. */
const MAX_GROUPS = 8

/** Rows of first days as cohorts, and the mean of all of them; both know only stretches that are over for everybody. */
export function makeCohorts(
  rows: readonly DayRow[],
  frame: CohortsFrame,
): Pick<Cohorts, 'cohorts' | 'mean' | 'n'> {
  // A week that has only begun, or lies ahead, is a row once somebody is in it.
  const tallies = tallyCohorts(rows, frame).filter(({ from, n }) => n > 0 || from < frame.observed)
  return {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    cohorts: tallies.map(
      ({ from, to, n, within, by }): Cohort => ({
        from: formatDay(from),
        to: formatDay(to),
        n,
        cells: within.map((count, at) =>
          isOver(to, at + 1, frame) ? toRetention(n, count, by[at] as number) : null,
        ),
      }),
    ),
    mean: poolTallies(tallies, frame),
  }
}

/** The means of each value of the breakdown, those of most persons first; `value` is null for all the others. */
export function makeGroups(rows: readonly DayRow[], frame: CohortsFrame): Cohorts['groups'] {
  const byValue = new Map<string, DayRow[]>()
  for (const row of rows) byValue.set(row.value, [...(byValue.get(row.value) ?? []), row])
  const count = (of: readonly DayRow[]) => of.reduce((sum, { n }) => sum + n, 0)
  const sorted = [...byValue].sort(([a, ofA], [b, ofB]) => count(ofB) - count(ofA) || (a < b ? -1 : 1))
  const toGroup = (value: string | null, own: readonly DayRow[]) => ({
    value,
    n: count(own),
    mean: poolTallies(tallyCohorts(own, frame), frame),
  })
  const rest = sorted.slice(MAX_GROUPS).flatMap(([, own]) => own)
  const shown = sorted.slice(0, MAX_GROUPS).map(([value, own]) => toGroup(value, own))
  return rest.length === 0 ? shown : [...shown, toGroup(null, rest)]
}

/** All weeks or months that days touch, cut at the ends of the days asked for. */
export function listCohortDays(
  { from, to }: { from: Day; to: Day },
  size: CohortSize,
): { from: Day; to: Day }[] {
  const cohorts: { from: Day; to: Day }[] = []
  for (let day = from; day < to; ) {
    const end = Math.min(to, endOfCohort(day, size))
    cohorts.push({ from: day, to: end })
    day = end
  }
  return cohorts
}

/** The first day of the next week (they begin on Monday; day 0 was a Thursday) or month. */
function endOfCohort(day: Day, size: CohortSize): Day {
  if (size === 'week') return day - ((((day + 3) % 7) + 7) % 7) + 7
  const { year, month } = readDay(day)
  return findDay(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) as Day
}

interface Tally {
  from: Day
  to: Day
  n: number
  within: number[]
  by: number[]
}

function tallyCohorts(rows: readonly DayRow[], { days, size, followed }: CohortsFrame): Tally[] {
  const zeros = () => Array<number>(followed.count).fill(0)
  const tallies = listCohortDays(days, size).map(
    (cohort): Tally => ({ ...cohort, n: 0, within: zeros(), by: zeros() }),
  )
  for (const row of rows) {
    const tally = tallies.find(({ from, to }) => row.first >= from && row.first < to)
    if (!tally) continue
    tally.n += row.n
    tally.within = tally.within.map((count, at) => count + (row.within[at] ?? 0))
    tally.by = tally.by.map((count, at) => count + (row.by[at] ?? 0))
  }
  return tallies
}

/** Whoever came on the cohort's last day has the whole stretch behind them. */
const isOver = (to: Day, stretch: number, { followed, observed }: CohortsFrame) =>
  to + stretch * followed.days <= observed

/** The mean over cohorts, each with the weight of its persons: the same as the share of all their persons. */
function poolTallies(tallies: readonly Tally[], frame: CohortsFrame): (Retention | null)[] {
  return Array.from({ length: frame.followed.count }, (_, at) => {
    const over = tallies.filter(({ to }) => isOver(to, at + 1, frame))
    const sum = (pick: (tally: Tally) => number) => over.reduce((total, tally) => total + pick(tally), 0)
    return toRetention(
      sum(({ n }) => n),
      sum(({ within }) => within[at] as number),
      sum(({ by }) => by[at] as number),
    )
  })
}

function toRetention(of: number, within: number, by: number): Retention | null {
  const [inside, until] = [toShare(within, of), toShare(by, of)]
  return inside && until ? { of, within: inside, by: until } : null
}

function toShare(n: number, of: number): Share | undefined {
  const interval = findWilsonInterval(n, of)
  return interval && { n, share: interval.share, low: interval.low, high: interval.high }
}
