import { AppError } from '../../../kernel/errors.ts'
import { parseTime } from '../../../kernel/parse-time.ts'
import { localDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { MapQuestion } from '../contract.ts'
import { MAX_PERIOD_MS } from './packed.ts'
import { readSegment, type Segment } from './segment.ts'

/** A question that makes sense, with everything filled in. */
export interface Question {
  shop: number
  zone: string
  /** In which saved segments compare money. */
  currency: string
  period: TimeRange
  segment: Segment
  compare: { period: TimeRange; segment: Segment } | undefined
}

const USUAL_DAYS = 90

/** Reads the question; the last 90 days, today included, unless it says otherwise. Fails with `validation_failed`. */
export function readQuestion(asked: MapQuestion, shop: ShopContext, now: number): Question {
  const zone = shop.timeZone
  const to =
    asked.to === undefined ? startOfDay(localDay(now, zone) + 1, zone) : readMoment('to', asked.to, zone)
  const from =
    asked.from === undefined
      ? startOfDay(localDay(to, zone) - USUAL_DAYS, zone)
      : readMoment('from', asked.from, zone)
  const period = checkPeriod({ from, to })
  const segment = readSegment(asked.segment ?? 'all')
  const question = { shop: shop.id, zone, currency: shop.currency, period, segment }
  return { ...question, compare: readComparison(asked.compare, question) }
}

function readMoment(name: string, text: string, zone: string): number {
  // A plus sign in an address stands for a space.
  const parsed = parseTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'), { zone }) ?? parseTime(text, { zone })
  if (parsed) return parsed.ms
  throw new AppError(
    'validation_failed',
    `"${name}" is no day and no instant: write 2026-01-31 or 2026-01-31T12:00:00Z.`,
  )
}

function checkPeriod(period: TimeRange): TimeRange {
  const { from, to } = period
  if (from >= to)
    throw new AppError('validation_failed', 'The period ends before it begins: "from" must lie before "to".')
  if (to - from >= MAX_PERIOD_MS)
    throw new AppError('validation_failed', 'The period is longer than eight years; choose a shorter one.')
  return period
}

function readComparison(
  compare: string | undefined,
  question: Omit<Question, 'compare'>,
): Question['compare'] {
  if (compare === undefined || compare === '' || compare === 'none') return undefined
  if (compare === 'previous') return { period: periodBefore(question), segment: question.segment }
  const [, key] = /^segment:(.+)$/.exec(compare) ?? []
  if (key !== undefined) return { period: question.period, segment: readSegment(key) }
  throw new AppError(
    'validation_failed',
    `"${compare}" is no comparison: write "previous" or "segment:<key>".`,
  )
}

/** The period of the same length before; whole days stay whole days when the clock is moved in between. */
export function periodBefore({ period, zone }: Pick<Question, 'period' | 'zone'>): TimeRange {
  const { from, to } = period
  const [first, end] = [localDay(from, zone), localDay(to, zone)]
  const isDays = startOfDay(first, zone) === from && startOfDay(end, zone) === to
  return { from: isDays ? startOfDay(first - (end - first), zone) : from - (to - from), to: from }
}
