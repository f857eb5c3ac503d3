import { type Bounds, estimateMean } from '../../../kernel/stats/estimate-mean.ts'
import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import { type Day, formatDay, localDay, parseDay, startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { listMembers } from '../../accounts/server/reads.ts'
import { listDecisions } from '../../decisions/server/reads.ts'
import { answerReport, runReport } from '../../reports/server/reads.ts'
import type { Touchpoint } from '../../touchpoints/contract.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import type { Review, ReviewFigures, ReviewList } from '../contract.ts'
import { TREND_WEEKS, USUAL_RHYTHM } from '../vocabulary.ts'
import { findDue, orderReviews } from './models/order-reviews.ts'
import { listLastChecks, listReviewRows } from './review-store.ts'
import { PART, type TrendRow, trendsQuery } from './trends-query.ts'

export type ReviewShop = Pick<ShopContext, 'id' | 'timeZone' | 'currency'>

type Figures = Record<string, ReviewFigures>
interface Trends {
  days: string[]
  /** By `<touchpoint> <part>`. */
  figures: Figures
}

const SAID: Bounds = { low: -100, high: 100 }
const KEPT: Bounds = { low: 0, high: 1 }
const NOTHING: ReviewFigures = { persons: 0, said: null, kept: null }
const SHOWN_DECISIONS = 3

/** Every touchpoint with its check, the most pressing first. */
export async function answerReviews(deps: Deps, shop: ReviewShop): Promise<ReviewList> {
  const { meta, days, figures } = await readTrends(deps, shop)
  const today = localDay(deps.now(), shop.timeZone)
  const [{ registry }, rows, checks, members, decisions] = await Promise.all([
    getRegistry(deps, shop.id),
    listReviewRows(deps.db, shop.id),
    listLastChecks(deps.db, shop.id),
    listMembers(deps.db, shop.id),
    listDecisions(deps.db, shop.id, { from: days[0] ?? formatDay(today), to: formatDay(today + 1) }),
  ])
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const shown = registry.touchpoints.filter(
    (one) => one.isOn && registry.stages.some(({ key }) => key === one.stage),
  )
  const items = shown.map((touchpoint): Review => {
    const row = rows.get(touchpoint.key)
    const known = trendOf(figures, touchpoint.key)
    const last = checks.get(touchpoint.key) ?? null
    const everyWeeks = row ? row.everyWeeks : usualRhythm(touchpoint, known.all)
    const next = row?.nextOn ? parseDay(row.nextOn) : undefined
    const name = names.get(row?.owner ?? '')
    const isHere = (one: { touchpoint: string | null; stage: string | null }) =>
      one.touchpoint === touchpoint.key ||
      (one.touchpoint === null && (one.stage === null || one.stage === touchpoint.stage))
    return {
      touchpoint: touchpoint.key,
      stage: touchpoint.stage,
      due: findDue({ next, isRegular: everyWeeks !== null, wasChecked: last !== null }, today),
      ...dueDay(everyWeeks === null ? undefined : next, today),
      everyWeeks,
      owner: name === undefined ? null : (row?.owner ?? null),
      ownerName: name ?? null,
      last,
      hasStandard: touchpoint.standards.length > 0,
      ...{ now: known.now, before: known.before, weeks: known.weeks },
      decisions: decisions
        .filter(isHere)
        .slice(-SHOWN_DECISIONS)
        .reverse()
        .map(({ id, day, title }) => ({ id, day, title })),
    }
  })
  return { items: orderReviews(items), days, meta }
}

function dueDay(next: Day | undefined, today: Day) {
  return next === undefined
    ? { nextOn: null, daysLeft: null }
    : { nextOn: formatDay(next), daysLeft: next - today }
}

/** Regular is what can be judged at all: by a standard, or by a hundred persons in half a year. */
function usualRhythm({ standards }: Touchpoint, all: ReviewFigures): number | null {
  return all.persons >= FLOOR_NUMBER || (standards.length > 0 && all.persons > 0) ? USUAL_RHYTHM : null
}

function trendOf(figures: Figures, key: string) {
  const part = (one: number) => figures[`${key} ${one}`] ?? NOTHING
  return {
    all: part(PART.all),
    now: part(PART.now),
    before: part(PART.before),
    weeks: Array.from({ length: TREND_WEEKS }, (_, week) => part(week)),
  }
}

/** Whole weeks up to yesterday; kept while events, persons and rules are the same. */
async function readTrends(deps: Deps, shop: ReviewShop) {
  const { timeZone } = shop
  const today = localDay(deps.now(), timeZone)
  const first = today - 7 * TREND_WEEKS
  const period = { from: startOfDay(first, timeZone), to: startOfDay(today, timeZone) }
  const asked = { kind: 'reviews', key: [], question: { period } }
  return answerReport<Trends>(deps, { name: '', role: 'viewer', ...shop }, asked, async ({ registry }) => {
    const plan = { shop: shop.id, timeZone, registry, first, moments: period }
    const rows = await runReport<TrendRow>(deps, trendsQuery(plan))
    const all = rows.filter(({ part }) => part === PART.all)
    const sum = (pick: (row: TrendRow) => number) => all.reduce((total, row) => total + pick(row), 0)
    const [contacts, known] = [sum(({ persons }) => persons), sum((row) => row.known)]
    const days = Array.from({ length: TREND_WEEKS }, (_, week) => formatDay(first + 7 * week))
    return {
      answer: { days, figures: toFigures(rows) },
      unidentifiedShare: contacts === 0 ? 0 : 1 - known / contacts,
    }
  })
}

export function toFigures(rows: readonly TrendRow[]): Figures {
  return Object.fromEntries(
    rows.map((row) => [
      `${row.touchpoint} ${row.part}`,
      {
        persons: row.persons,
        said: estimateMean({ n: row.heard, sum: row.said, squares: row.said_squares }, SAID) ?? null,
        kept: estimateMean({ n: row.judged, sum: row.kept, squares: row.kept_squares }, KEPT) ?? null,
      },
    ]),
  )
}
