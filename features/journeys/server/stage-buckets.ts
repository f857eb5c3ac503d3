import { AppError } from '../../../kernel/errors.ts'
import { findDay, localDay, readDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { StageAnswer } from '../contract.ts'

export type BucketLength = StageAnswer['by']

/** A period in parts of the shop's calendar, the first and the last cut to the period. */
export interface Buckets {
  by: BucketLength
  parts: TimeRange[]
}

const DAYS_BY_DAY = 31
const DAYS_BY_WEEK = 190
/** More points than this are neither asked of the store nor read by anybody. */
const MOST = 400

/** Days up to a month, weeks up to half a year, else months, unless `by` says which. Fails with `validation_failed`. */
export function cutPeriod(period: TimeRange, zone: string, asked?: BucketLength): Buckets {
  const first = localDay(period.from, zone)
  const last = localDay(period.to - 1, zone)
  const days = last - first + 1
  const by = asked ?? (days <= DAYS_BY_DAY ? 'day' : days <= DAYS_BY_WEEK ? 'week' : 'month')
  const starts = listStarts(first, last, by)
  if (starts.length > MOST)
    throw new AppError('validation_failed', `The period has more than ${MOST} parts; choose longer ones.`)
  const edges = [period.from, ...starts.slice(1).map((day) => startOfDay(day, zone)), period.to]
  return {
    by,
    parts: starts.map((_, index) => ({ from: edges[index] as number, to: edges[index + 1] as number })),
  }
}

/** Days on which a part begins, from the one that holds `first`. */
function listStarts(first: number, last: number, by: BucketLength): number[] {
  const starts = [beginOf(first, by)]
  for (;;) {
    const next = nextAfter(starts.at(-1) as number, by)
    if (next > last || starts.length > MOST) return starts
    starts.push(next)
  }
}

/** Day 0, 1 January 1970, was a Thursday: day 4 was a Monday. */
const MONDAY = 4

function beginOf(day: number, by: BucketLength): number {
  if (by === 'day') return day
  if (by === 'week') return day - ((((day - MONDAY) % 7) + 7) % 7)
  return day - readDay(day).date + 1
}

function nextAfter(begin: number, by: BucketLength): number {
  if (by === 'day') return begin + 1
  if (by === 'week') return begin + 7
  const { year, month } = readDay(begin)
  return findDay(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) ?? begin + 31
}

/** What a statement needs to put moments into their parts: where each begins, in ms since the period's beginning. */
export function bucketParams({ parts }: Buckets): { edges: number[] } {
  const [first] = parts
  return { edges: parts.map(({ from }) => from - (first?.from ?? from)) }
}

/** SQL: the beginning of the part in which a moment lies, both in ms since the period's beginning. */
export const bucketOf = (at: string) => `roundDown(toInt64(${at}), {edges:Array(Int64)})`
