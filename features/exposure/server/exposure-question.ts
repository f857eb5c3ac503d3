import { AppError } from '../../../kernel/errors.ts'
import { localDay, startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { type ReadReportQuestion, readReportQuestion } from '../../reports/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { ExposureQuestion } from '../contract.ts'
import { type Outcome, USUAL_WINDOW } from '../vocabulary.ts'
import type { HistoriesPlan } from './histories-query.ts'
import { type DaysQuestion, REPEAT_DAYS, SILENCE_DAYS } from './models/person-days.ts'

/** A question that makes sense, with everything filled in. */
export interface ReadExposureQuestion {
  report: ReadReportQuestion
  touchpoint: string
  outcome: Outcome
  window: number
}

const USUAL_TOUCHPOINT = 'product_page'
/** How far back contacts before the window are counted. */
const LOOK_BACK_DAYS = 90

/** Fails with `bad_request` for a period that is none and a touchpoint that the shop doesn't have. */
export function readExposureQuestion(
  asked: ExposureQuestion,
  shop: ShopContext,
  { touchpoints }: Registry,
  now: number,
): ReadExposureQuestion {
  const { outcome = 'order', window = USUAL_WINDOW, compare } = asked
  if (compare !== undefined)
    throw new AppError(
      'bad_request',
      'Contacts and what follows them aren’t compared side by side: ask for each period or segment by itself.',
    )
  const touchpoint = asked.touchpoint ?? findUsual(touchpoints)
  if (!touchpoints.some(({ key }) => key === touchpoint))
    throw new AppError('bad_request', `The shop has no touchpoint “${touchpoint}”. Choose one of its path.`)
  return { report: readReportQuestion(asked, shop, now), touchpoint, outcome, window }
}

const findUsual = (touchpoints: Registry['touchpoints']): string =>
  touchpoints.some(({ key, isOn }) => key === USUAL_TOUCHPOINT && isOn)
    ? USUAL_TOUCHPOINT
    : (touchpoints.find(({ isOn }) => isOn)?.key ?? USUAL_TOUCHPOINT)

/** Which days are looked at, and what must be read for that. Today isn't over, so it isn't among them. */
export function planDays(
  { report: { period }, outcome, window }: ReadExposureQuestion,
  timeZone: string,
  now: number,
): { question: DaysQuestion } & Pick<HistoriesPlan, 'read' | 'asked' | 'moments'> {
  const until = localDay(now, timeZone)
  const from = localDay(period.from, timeZone)
  const to = Math.min(localDay(period.to - 1, timeZone) + 1, until)
  const back = outcome === 'repeat' ? REPEAT_DAYS : Math.max(LOOK_BACK_DAYS, window + SILENCE_DAYS)
  const read = { from: from - back, to: Math.max(from, Math.min(to + window, until)) }
  return {
    question: { outcome, from, to, window, until },
    read,
    asked: { from, to },
    moments: { from: startOfDay(read.from, timeZone), to: startOfDay(read.to, timeZone) },
  }
}
