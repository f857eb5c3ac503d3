import { AppError } from '../../../kernel/errors.ts'
import { DAY_MS } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { type ReadReportQuestion, readReportQuestion } from '../../reports/server/reads.ts'
import type { DriversQuestion } from '../contract.ts'
import { type Outcome, USUAL_DAYS } from '../vocabulary.ts'
import type { HistoriesPlan } from './histories-query.ts'
import { READ_BEYOND } from './units/units-plan.ts'

/** A question that makes sense, with everything filled in. */
export interface ReadDriversQuestion {
  report: ReadReportQuestion
  outcome: Outcome
}

/** Where no beginning is given, the outcome's usual days up to the end. Fails with `bad_request` for a period that is none, and for a comparison. */
export function readDriversQuestion(
  asked: DriversQuestion,
  shop: Pick<ShopContext, 'timeZone'>,
  now: number,
): ReadDriversQuestion {
  if (asked.compare !== undefined)
    throw new AppError(
      'bad_request',
      '“What matters” isn’t laid side by side for two periods or segments: each row is a comparison already, and two lists of rows differ by chance alone. Ask for each by itself, without compare. Whether something has changed is told by “What changed”, and whether a change of yours helped by its verdict among the decisions.',
    )
  const { outcome = 'ordered' } = asked
  return { report: readReportQuestion(asked, shop, now, USUAL_DAYS[outcome]), outcome }
}

/** The days that must be read so that all that belongs to the period's units is there. */
export function planRead({
  report: { period },
  outcome,
}: ReadDriversQuestion): Pick<HistoriesPlan, 'period' | 'read' | 'outcome'> {
  const { before, after } = READ_BEYOND[outcome]
  return {
    outcome,
    period,
    read: { from: period.from - before * DAY_MS, to: period.to + after * DAY_MS },
  }
}
