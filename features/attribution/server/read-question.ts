import { AppError } from '../../../kernel/errors.ts'
import { parseTime } from '../../../kernel/parse-time.ts'
import { localDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Conversion, Way } from '../../paths/server/reads.ts'
import type { AttributionQuestion } from '../contract.ts'

/** A question that makes sense, with everything filled in. */
export interface Question {
  shop: number
  zone: string
  currency: string
  period: TimeRange
  segment: number | undefined
  by: Way
  conversion: Conversion
  nulls: 'with' | 'without'
  order: number
}

const USUAL_DAYS = 90
const MAX_PERIOD_MS = 8 * 366 * 86_400_000

/** Reads the question; the last 90 days, today included, unless it says otherwise. Fails with `validation_failed`. */
export function readQuestion(asked: AttributionQuestion, shop: ShopContext, now: number): Question {
  const zone = shop.timeZone
  const to =
    asked.to === undefined ? startOfDay(localDay(now, zone) + 1, zone) : readMoment('to', asked.to, zone)
  const from =
    asked.from === undefined
      ? startOfDay(localDay(to, zone) - USUAL_DAYS, zone)
      : readMoment('from', asked.from, zone)
  if (from >= to)
    throw new AppError('validation_failed', 'The period ends before it begins: "from" must lie before "to".')
  if (to - from >= MAX_PERIOD_MS)
    throw new AppError('validation_failed', 'The period is longer than eight years; choose a shorter one.')
  return {
    shop: shop.id,
    zone,
    currency: shop.currency,
    period: { from, to },
    segment: asked.segment,
    by: asked.by ?? 'channel',
    conversion: asked.conversion ?? 'ordered',
    nulls: asked.nulls ?? 'with',
    order: asked.order ?? 1,
  }
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
