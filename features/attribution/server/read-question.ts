import type { ShopContext } from '../../../platform/http/access.ts'
import type { Conversion, PathQuestion, Way } from '../../paths/server/reads.ts'
import { type GroundSide, type ReadReportQuestion, readReportQuestion } from '../../reports/server/reads.ts'
import type { AttributionQuestion } from '../contract.ts'

/** A question that makes sense, with everything filled in. */
export interface Question {
  report: ReadReportQuestion
  by: Way
  conversion: Conversion
  nulls: 'with' | 'without'
  order: number
}

/** Reads the question; the last 90 days, today included, unless it says otherwise. Fails with `bad_request`. */
export function readQuestion(asked: AttributionQuestion, shop: ShopContext, now: number): Question {
  return {
    report: readReportQuestion(asked, shop, now),
    by: asked.by ?? 'channel',
    conversion: asked.conversion ?? 'ordered',
    nulls: asked.nulls ?? 'with',
    order: asked.order ?? 1,
  }
}

/** What the paths room is asked of one side of the report. */
export function toPathQuestion(
  { id, currency }: ShopContext,
  { by, conversion, report }: Question,
  { period, persons }: GroundSide,
  now: number,
): PathQuestion {
  // Two periods side by side: the later one's orders must not look worse for having had less time.
  const isTimed = conversion === 'bought_out' && report.compare !== undefined
  return { shop: id, currency, period, persons, by, conversion, ...(isTimed && { takenBy: now }) }
}
