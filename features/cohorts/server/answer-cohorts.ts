import { AppError } from '../../../kernel/errors.ts'
import { compareShares } from '../../../kernel/stats/compare-shares.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import { type Day, formatDay, localDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerReport, type GroundSide, readReportQuestion, runReport } from '../../reports/server/reads.ts'
import type { Cohorts, CohortsAnswer, CohortsQuestion, Difference, Retention } from '../contract.ts'
import { type CohortSize, FOLLOWED, MAX_COHORTS, type Return } from '../vocabulary.ts'
import { type CohortsPlan, cohortsQuery, type DayRow } from './cohorts-query.ts'
import { type CohortsFrame, listCohortDays, makeCohorts, makeGroups } from './models/make-cohorts.ts'

/** When the shop's record begins and how far it goes; a day that isn't over, or not yet recorded, isn't counted. */
export interface Recorded {
  from: Day | undefined
  observed: Day
}

/** The answer to a question, from memory while what it is made of is the same. */
export async function answerCohorts(
  deps: Deps,
  shop: ShopContext,
  asked: CohortsQuestion,
): Promise<CohortsAnswer> {
  const { size = 'week', returns = 'contact', split } = asked
  const question = readReportQuestion(asked, shop, deps.now())
  refuseTooMany(daysOf(question.period, shop), size)
  return answerReport(
    deps,
    shop,
    { kind: 'cohorts', key: [size, returns, split ?? null], question },
    async (ground) => {
      const recorded = await findRecorded(deps, shop)
      const ask = (side: GroundSide) => measureSide(deps, shop, side, { size, returns, split, recorded })
      const own = await ask(ground)
      const other = ground.other ? await ask({ ...ground.other }) : undefined
      const known = own.rows.reduce((sum, row) => sum + row.known, 0)
      const { n, cohorts, mean } = own.made
      const answer: Cohorts = {
        size,
        returns,
        stretchDays: FOLLOWED[size].days,
        observedTo: formatDay(recorded.observed),
        historyFrom: recorded.from === undefined ? null : formatDay(recorded.from),
        ...{ n, cohorts, mean },
        groups: split ? makeGroups(own.rows, own.frame) : [],
        other: other ? compareSides(mean, other.made) : null,
      }
      return { answer, unidentifiedShare: n === 0 ? 0 : 1 - known / n, n }
    },
  )
}

interface AskedSide {
  size: CohortSize
  returns: Return
  split?: 'channel'
  recorded: Recorded
}

async function measureSide(deps: Deps, shop: ShopContext, side: GroundSide, asked: AskedSide) {
  const { size, returns, split, recorded } = asked
  const days = daysOf(side.period, shop)
  const plan = planCohorts(shop, { days, size, returns, observed: recorded.observed })
  const query = cohortsQuery({ ...plan, isSplit: split !== undefined, only: side.persons })
  const rows = await runReport<DayRow>(deps, query)
  const frame: CohortsFrame = { size, days, followed: FOLLOWED[size], observed: recorded.observed }
  return { rows, frame, made: makeCohorts(rows, frame) }
}

/** What is asked of the store, but for whom; nothing is read of days that no stretch reaches, or that aren't over. */
export function planCohorts(
  shop: ShopContext,
  asked: { days: { from: Day; to: Day }; size: CohortSize; returns: Return; observed: Day },
): CohortsPlan {
  const { days, size, returns, observed } = asked
  const followed = FOLLOWED[size]
  const last = Math.max(Math.min(days.to + followed.count * followed.days, observed), days.to)
  return {
    shop: shop.id,
    timeZone: shop.timeZone,
    days,
    until: startOfDay(last, shop.timeZone),
    returns,
    followed,
    isSplit: false,
  }
}

/** The first days of a period: whole days of the shop. */
export function daysOf({ from, to }: TimeRange, { timeZone }: ShopContext): { from: Day; to: Day } {
  return { from: localDay(from, timeZone), to: localDay(to - 1, timeZone) + 1 }
}

export async function findRecorded(
  { clickhouse, now }: Deps,
  { id, timeZone }: ShopContext,
): Promise<Recorded> {
  const [row] = await clickhouse.query<{ n: number; first: number; last: number }>(
    `SELECT count() AS n, toUnixTimestamp64Milli(min(first_at)) AS first, toUnixTimestamp64Milli(max(last_at)) AS last
     FROM identity_activity WHERE shop = {shop:UInt32}`,
    { params: { shop: id } },
  )
  if (!row || row.n === 0) return { from: undefined, observed: localDay(now(), timeZone) }
  return {
    from: localDay(row.first, timeZone),
    observed: localDay(Math.min(row.last, now()), timeZone),
  }
}

function refuseTooMany(days: { from: Day; to: Day }, size: CohortSize): void {
  const count = listCohortDays(days, size).length
  if (count <= MAX_COHORTS) return
  const way = size === 'week' ? 'Ask by month, or choose' : 'Choose'
  throw new AppError(
    'bad_request',
    `The period has ${count} ${size}s; ${MAX_COHORTS} are the most. ${way} a shorter period.`,
  )
}

/** What the two sides' means differ by in each stretch, corrected for looking at so many. */
function compareSides(
  own: Cohorts['mean'],
  { n, mean }: Pick<Cohorts, 'n' | 'mean'>,
): NonNullable<Cohorts['other']> {
  return { n, mean, within: compareCurves(own, mean, 'within'), by: compareCurves(own, mean, 'by') }
}

function compareCurves(
  own: Cohorts['mean'],
  other: Cohorts['mean'],
  which: 'within' | 'by',
): (Difference | null)[] {
  const count = (one: Retention) => ({ n: one[which].n, of: one.of })
  const found = own.map((one, at) => {
    const beside = other[at]
    return one && beside ? compareShares(count(one), count(beside)) : undefined
  })
  const rates = findDiscoveryRates(found.flatMap((one) => (one ? [one.p] : [])))
  return found.map((one) => (one ? { ...one, q: rates.shift() as number } : null))
}
