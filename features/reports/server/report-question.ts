import { AppError } from '../../../kernel/errors.ts'
import { parseTime } from '../../../kernel/parse-time.ts'
import { localDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { ReportQuestion } from '../contract.ts'

/** Of when and of whom. */
export interface ReportSide {
  period: TimeRange
  segment?: number
}

/** A question that makes sense, with everything filled in. */
export interface ReadReportQuestion extends ReportSide {
  sample?: number
  compare?: ReportSide
}

const USUAL_DAYS = 90
const MAX_PERIOD_MS = 8 * 366 * 86_400_000
/** Fewer than one person in ten thousand would answer nothing. */
const MIN_SAMPLE = 0.0001

/** Reads what is asked of a report; the last `usualDays`, today included, unless it says otherwise. Fails with `bad_request`. */
export function readReportQuestion(
  asked: ReportQuestion,
  shop: Pick<ShopContext, 'timeZone'>,
  now: number,
  usualDays = USUAL_DAYS,
): ReadReportQuestion {
  const period = readPeriod(asked, shop.timeZone, now, usualDays)
  const { segment, sample, compare } = asked
  if (sample !== undefined && !(sample >= MIN_SAMPLE && sample <= 1))
    throw refuse(`A sample of ${sample} is none: write a share from ${MIN_SAMPLE} to 1, 0.1 for example.`)
  return {
    period,
    ...(segment !== undefined && { segment }),
    ...(sample !== undefined && sample < 1 && { sample }),
    ...(compare !== undefined && { compare: readCompare(compare, { period, segment }, shop.timeZone) }),
  }
}

function readCompare(compare: string, { period, segment }: ReportSide, zone: string): ReportSide {
  if (compare === 'previous')
    return { period: findPeriodBefore(period, zone), ...(segment !== undefined && { segment }) }
  const [, id] = /^segment:(\d{1,15})$/.exec(compare) ?? []
  if (id === undefined || Number(id) === 0)
    throw refuse(`"${compare}" is no comparison: write "previous" or "segment:" and a segment’s number.`)
  if (Number(id) === segment)
    throw refuse('A segment compared with itself tells nothing: choose another one, or everybody.')
  return { period, segment: Number(id) }
}

/** The period of the same length before; whole days stay whole days when the clock is moved in between. */
export function findPeriodBefore({ from, to }: TimeRange, zone: string): TimeRange {
  const [first, end] = [localDay(from, zone), localDay(to, zone)]
  const isDays = startOfDay(first, zone) === from && startOfDay(end, zone) === to
  return { from: isDays ? startOfDay(first - (end - first), zone) : from - (to - from), to: from }
}

function readPeriod({ from, to }: ReportQuestion, zone: string, now: number, usualDays: number): TimeRange {
  const end = to === undefined ? startOfDay(localDay(now, zone) + 1, zone) : readMoment('to', to, zone)
  const begin =
    from === undefined ? startOfDay(localDay(end, zone) - usualDays, zone) : readMoment('from', from, zone)
  if (begin >= end) throw refuse('The period ends before it begins: "from" must lie before "to".')
  if (end - begin >= MAX_PERIOD_MS)
    throw refuse('The period is longer than eight years; choose a shorter one.')
  return { from: begin, to: end }
}

function readMoment(name: string, text: string, zone: string): number {
  // A plus sign in an address stands for a space.
  const parsed = parseTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'), { zone }) ?? parseTime(text, { zone })
  if (parsed) return parsed.ms
  throw refuse(`"${name}" is no day and no instant: write 2026-01-31 or 2026-01-31T12:00:00Z.`)
}

const refuse = (message: string) => new AppError('bad_request', message)
