import { DAY_MS, formatDay, localDay, parseDay, startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import { createReportCache, type ReportCache } from '../../../platform/report-cache.ts'
import type { Deps } from '../../../platform/room.ts'
import { findOrderValues, listOverdueOrders, type OverdueOrder } from '../../orders/server/reads.ts'
import { findPersonNames, findPersonsOfIdentities, personsJoin } from '../../people/server/reads.ts'
import { readDataVersion, runReport } from '../../reports/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'
import { byGravity, findTroubles, type Trouble } from './find-troubles.ts'
import { type TroubleRow, troublesQuery } from './troubles-query.ts'

/** Somebody with trouble and a way to reach them. Names are read when they are shown: who is erased is gone from the list at once. */
export interface Candidate {
  person: { id: string }
  troubles: Trouble[]
  amount: number | null
  currency: string
}

export interface Candidates {
  calls: Candidate[]
  /** With trouble too, but neither phone nor e-mail is known. */
  unreachable: number
}

/** Marks and questions are fresh for three days, a late parcel for thirty, a case for ninety. */
const FRESH_MS = 3 * DAY_MS
const LATE_DAYS = 30
const CASE_MS = 90 * DAY_MS
const SECOND_DAYS = 14
/** Where the shop's registry names no standard for the days of a decision. */
const USUAL_CASE_DAYS = 14
/** More than anybody calls in a day. */
const MOST = 1_000

const caches = new WeakMap<Deps['clickhouse'], ReportCache<Candidates>>()

/** Who has fresh trouble now; from memory while nothing new is recorded, for half a minute otherwise. */
export async function findCalls(deps: Deps, shop: ShopContext): Promise<Candidates> {
  const { clickhouse, now } = deps
  const cache = caches.get(clickhouse) ?? createReportCache({ now, minAgeMs: 30_000, rest: 4, maxSize: 8e6 })
  caches.set(clickhouse, cache)
  // Troubles age with the clock too: another hour, another answer.
  const hour = Math.floor(now() / 3_600_000)
  const version = `${await readDataVersion(deps, shop.id)} ${hour}`
  return cache.get(JSON.stringify([shop.id, shop.timeZone]), version, () => makeCalls(deps, shop))
}

async function makeCalls(deps: Deps, shop: ShopContext): Promise<Candidates> {
  const now = deps.now()
  const today = localDay(now, shop.timeZone)
  const question = { shop: shop.id, fresh: now - FRESH_MS, old: now - CASE_MS, now, limit: MOST }
  const days = { since: formatDay(today - LATE_DAYS), today: formatDay(today), limit: MOST }
  const [rows, overdue, caseDays] = await Promise.all([
    runReport<TroubleRow>(deps, troublesQuery(personsJoin(), question)),
    listOverdueOrders(deps.db, shop.id, days),
    findCaseDays(deps, shop.id),
  ])
  const rules = { now, caseDays, secondDays: SECOND_DAYS }
  const troubles = new Map(rows.map((row) => [row.person, findTroubles(row, rules)]))
  await addOverdue(deps, shop, overdue, today, troubles)
  return toCandidates(deps, shop, troubles, overdue)
}

async function findCaseDays(deps: Deps, shop: number): Promise<number> {
  const { registry } = await getRegistry(deps, shop)
  const standards = registry.touchpoints.flatMap((one) => (one.isOn ? one.standards : []))
  return standards.find(({ measure }) => measure === 'decision_days')?.bad ?? USUAL_CASE_DAYS
}

async function addOverdue(
  { db }: Deps,
  shop: ShopContext,
  overdue: readonly OverdueOrder[],
  today: number,
  troubles: Map<string, Trouble[]>,
): Promise<void> {
  const persons = await findPersonsOfIdentities(
    db,
    shop.id,
    overdue.map(({ identity }) => identity),
  )
  for (const { id, identity, promisedOn } of overdue) {
    const person = persons.get(identity) ?? identity
    const day = parseDay(promisedOn) ?? today
    const since = startOfDay(day + 1, shop.timeZone)
    const late: Trouble = {
      reason: 'late',
      subject: id,
      since,
      identity,
      orderId: id,
      value: today - day,
    }
    troubles.set(person, [...(troubles.get(person) ?? []), late])
  }
}

async function toCandidates(
  { db }: Deps,
  shop: ShopContext,
  found: ReadonlyMap<string, Trouble[]>,
  overdue: readonly OverdueOrder[],
): Promise<Candidates> {
  const ids = [...new Set([...found.values()].flat().flatMap(({ orderId }) => orderId ?? []))]
  const [values, names] = await Promise.all([
    findOrderValues(db, shop.id, ids),
    findPersonNames(db, shop.id, [...found.keys()]),
  ])
  const late = new Set(overdue.map(({ id }) => id))
  let unreachable = 0
  const calls: Candidate[] = []
  for (const [id, all] of found) {
    // Who asked for an order that has come by now needs no call; of a late one it is said already.
    const troubles = all
      .filter(({ reason, orderId }) => {
        if (reason !== 'asked_where' || orderId === null) return true
        return !values.get(orderId)?.isOver && !late.has(orderId)
      })
      .sort(byGravity)
    if (troubles.length === 0) continue
    const name = names.get(id)
    if (!name || (name.phone === '' && name.email === '')) {
      unreachable++
      continue
    }
    calls.push({ person: { id }, troubles, ...findWorth(troubles, values, shop.currency) })
  }
  return { calls: calls.sort(byUrgency), unreachable }
}

/** The dearest order that the troubles are about, in the shop's currency where there is one. */
function findWorth(
  troubles: readonly Trouble[],
  values: ReadonlyMap<string, { amount: number | null; currency: string }>,
  currency: string,
): { amount: number | null; currency: string } {
  const known = troubles.flatMap(({ orderId }) => (orderId === null ? [] : (values.get(orderId) ?? [])))
  const own = known.filter((one) => one.currency === currency && one.amount !== null)
  const best = own.sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0))[0] ?? known[0]
  return best ? { amount: best.amount, currency: best.currency || currency } : { amount: null, currency }
}

/** The gravest trouble first, of equals the dearest order, then who has waited longest. */
function byUrgency(a: Candidate, b: Candidate): number {
  const [first, second] = [a.troubles[0], b.troubles[0]]
  if (!first || !second) return 0
  if (first.reason !== second.reason) return byGravity(first, second)
  return (
    (b.amount ?? -1) - (a.amount ?? -1) || first.since - second.since || (a.person.id < b.person.id ? -1 : 1)
  )
}
