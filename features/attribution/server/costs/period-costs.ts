import { formatDay, localDay, parseDay } from '../../../../kernel/time.ts'
import type { ShopContext } from '../../../../platform/http/access.ts'
import type { Deps } from '../../../../platform/room.ts'
import { getRegistry } from '../../../touchpoints/server/reads.ts'
import type { PeriodCosts, WayCost } from '../../contract.ts'
import { OTHER } from '../path-table.ts'
import type { Question } from '../read-question.ts'
import { readCampaignCosts } from './cost-store.ts'
import { findWay } from './cost-ways.ts'

export interface CostPlace {
  /** Days of the shop, both included. */
  days: { from: string; to: string }
  /** The ways of the report, and the rare ones that are together in one of them. */
  ways: readonly string[]
  joined: readonly string[]
}

const SHOWN_UNMATCHED = 50
const SHOWN_GAPS = 10

/** What the ways of a report cost; null where nothing is known of its days. */
export async function readPeriodCosts(
  deps: Deps,
  shop: ShopContext,
  { report, by }: Question,
  { days, ways, joined }: CostPlace,
): Promise<PeriodCosts | null> {
  const found = await readCampaignCosts(deps.db, shop.id, shop.currency, days)
  if (found.days.length === 0) return null
  const registry = await getRegistry(deps, shop.id)
  const sums = sumByWay(found.campaigns.map((one) => ({ ...one, way: findWay(one, by, registry) })))
  const [isWay, isJoined] = [new Set(ways), new Set(joined)]
  const matched = sums.map((cost) => (isJoined.has(cost.way) ? { ...cost, way: OTHER } : cost))
  const unmatched = sums.filter(({ way }) => !isWay.has(way) && !isJoined.has(way))
  const total = (costs: readonly WayCost[]) => costs.reduce((sum, { amount }) => sum + amount, 0)
  return {
    amount: total(sums),
    isWithheld: report.segment !== undefined || report.sample !== undefined,
    ...describeDays(days, found.days, localDay(deps.now(), shop.timeZone)),
    ways: sumByWay(matched.filter(({ way }) => isWay.has(way))),
    unmatched: unmatched.toSorted((a, b) => b.amount - a.amount).slice(0, SHOWN_UNMATCHED),
    unmatchedAmount: total(unmatched),
  }
}

const add = (a: number | null, b: number | null) => (a === null && b === null ? null : (a ?? 0) + (b ?? 0))

export function sumByWay(costs: readonly WayCost[]): WayCost[] {
  const sums = new Map<string, WayCost>()
  for (const { way, amount, impressions, clicks } of costs) {
    const known = sums.get(way)
    sums.set(way, {
      way,
      amount: (known?.amount ?? 0) + amount,
      impressions: add(known?.impressions ?? null, impressions),
      clicks: add(known?.clicks ?? null, clicks),
    })
  }
  return [...sums.values()]
}

/** Which days of the period lie outside of what is known. Of today and later nothing can be missing yet. */
export function describeDays(
  { from, to }: CostPlace['days'],
  known: readonly string[],
  today: number,
): Pick<PeriodCosts, 'days' | 'daysWithCosts' | 'gaps'> {
  const first = parseDay(from) as number
  const latest = Math.max(today - 1, ...known.slice(-1).map((one) => parseDay(one) as number))
  const last = Math.min(parseDay(to) as number, latest)
  const gaps: PeriodCosts['gaps'] = []
  let next = first
  for (const day of [...known.map((one) => parseDay(one) as number), last + 1]) {
    if (day > next) gaps.push({ from: formatDay(next), to: formatDay(day - 1) })
    next = day + 1
  }
  return { days: Math.max(0, last - first + 1), daysWithCosts: known.length, gaps: gaps.slice(0, SHOWN_GAPS) }
}
