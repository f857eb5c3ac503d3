import { AppError } from '../../../kernel/errors.ts'
import { DAY_MS } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { type ReadReportQuestion, readReportQuestion } from '../../reports/server/reads.ts'
import type { DriversQuestion } from '../contract.ts'
import type { Outcome } from '../vocabulary.ts'
import type { HistoriesPlan } from './histories-query.ts'
import { READ_BEYOND } from './units/units-plan.ts'

/** A question that makes sense, with everything filled in. */
export interface ReadDriversQuestion {
  report: ReadReportQuestion
  outcome: Outcome
}

/** Fails with `bad_request` for a period that is none, and for a comparison. */
export function readDriversQuestion(
  asked: DriversQuestion,
  shop: Pick<ShopContext, 'timeZone'>,
  now: number,
): ReadDriversQuestion {
  if (asked.compare !== undefined)
    throw new AppError(
      'bad_request',
      'Drivers aren’t compared side by side: two lists of effects would differ by chance alone. Ask for each period or segment by itself.',
    )
  return { report: readReportQuestion(asked, shop, now), outcome: asked.outcome ?? 'ordered' }
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
