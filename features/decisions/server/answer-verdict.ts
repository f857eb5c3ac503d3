import { isAppError } from '../../../kernel/errors.ts'
import { type Day, formatDay, localDay, parseDay, startOfDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerReport, type ReportGround, runReport } from '../../reports/server/reads.ts'
import type { Registry } from '../../touchpoints/contract.ts'
import type { Verdict } from '../contract.ts'
import { EFFECT_MEASURES, type Reason } from '../vocabulary.ts'
import { type StoredDecision, selectDecisions } from './decision-store.ts'
import { effectQuery } from './effect-query.ts'
import { type CellPair, type Cells, cellOf, readCells } from './models/cells.ts'
import {
  type ChangePlan,
  findGained,
  isComplete,
  judgeChange,
  waitsForOrders,
} from './models/judge-change.ts'
import { measureChange } from './models/measure-change.ts'
import { FOLLOW_UP_DAYS, findFirstVerdictDay, planWindows, type WindowsPlan } from './models/plan-windows.ts'

type Answer = Omit<Verdict, 'meta'>
const DAY_MS = 86_400_000
/** So many days before and after a decision others may have had a part in what is found. */
const REACH_DAYS = 70

/** What of a shop a verdict needs. */
export type VerdictShop = Pick<ShopContext, 'id' | 'timeZone' | 'currency'>

/** What became of a decision, kept while events, rules, the segment and the decision are the same. */
export async function answerVerdict(
  deps: Deps,
  shop: VerdictShop,
  decision: StoredDecision,
): Promise<Verdict> {
  try {
    return await answerFor(deps, shop, decision, decision.segment ?? undefined)
  } catch (error) {
    if (decision.segment === null || !isAppError(error) || error.code !== 'not_found') throw error
    return answerFor(deps, shop, decision, undefined, 'audience_gone')
  }
}

async function answerFor(
  deps: Deps,
  shop: VerdictShop,
  decision: StoredDecision,
  segment: number | undefined,
  refused?: Reason,
): Promise<Verdict> {
  const zone = shop.timeZone
  const today = localDay(deps.now(), zone)
  const day = parseDay(decision.day) as number
  const end = decision.endDay === null ? undefined : parseDay(decision.endDay)
  const windows = planWindows(day, today, end)
  const to = Math.max(windows.facts.after.to, windows.orders.after.to + 2)
  const period = {
    from: startOfDay(windows.first, zone),
    to: startOfDay(windows.first + 7 * to, zone),
  }
  const besides = await listBesides(deps, shop.id, decision, day)
  const { title: _, note: __, expected: ___, ...asked } = decision
  const key = [{ ...asked, updatedAt: '' }, today, refused ?? '', besides]
  return answerReport<Answer>(
    deps,
    { name: '', role: 'viewer', ...shop },
    { kind: 'verdict', key, question: { period, ...(segment !== undefined && { segment }) } },
    async (ground) => {
      const reason = refused ?? findRefusal(decision, day, today, ground.registry)
      if (reason) return { answer: refuse(decision, reason, day, besides), unidentifiedShare: 0 }
      const cells = await readPlaces(deps, shop, { decision, windows, period, ground })
      const isOver = end !== undefined && end <= today
      const answer = { ...judge(cells, { decision, windows, isOver, day, shop }), besides }
      const n = cells.countPersons('orders', [cellOf('place', 'before'), cellOf('place', 'after')])
      return { answer, n, unidentifiedShare: cells.persons === 0 ? 0 : cells.unidentified / cells.persons }
    },
  )
}

function findRefusal(
  { stage, touchpoint }: StoredDecision,
  day: number,
  today: number,
  registry: Registry,
): Reason | undefined {
  if (day > today) return 'ahead'
  const place = placesOf(registry, { stage, touchpoint }).place
  return place.length === 0 ? 'place_gone' : undefined
}

/** Touchpoints that are meant, those beside them on the same stage, and all others. */
export function placesOf(
  { stages, touchpoints }: Registry,
  { stage, touchpoint }: Pick<StoredDecision, 'stage' | 'touchpoint'>,
) {
  const shown = touchpoints.filter((one) => one.isOn && stages.some(({ key }) => key === one.stage))
  const isPlace = (one: { key: string; stage: string }) =>
    touchpoint === null ? stage === null || one.stage === stage : one.key === touchpoint
  const home = shown.find(({ key }) => key === touchpoint)?.stage
  const keys = (which: (one: (typeof shown)[number]) => boolean) => shown.filter(which).map(({ key }) => key)
  return {
    place: keys(isPlace),
    near: keys((one) => !isPlace(one) && one.stage === home),
    rest: keys((one) => !isPlace(one)),
  }
}

interface Asked {
  decision: StoredDecision
  windows: WindowsPlan
  period: { from: number; to: number }
  ground: ReportGround
}

async function readPlaces(deps: Deps, shop: VerdictShop, asked: Asked): Promise<Cells> {
  const { decision, windows, period, ground } = asked
  const query = effectQuery({
    ...{ shop: shop.id, timeZone: shop.timeZone, currency: shop.currency },
    ...{ registry: ground.registry, windows, moments: period },
    ...placesOf(ground.registry, decision),
    inside: decision.segment === null ? undefined : ground.persons,
  })
  return readCells(await runReport<CellPair>(deps, query))
}

interface Judged {
  decision: StoredDecision
  windows: WindowsPlan
  isOver: boolean
  day: number
  shop: VerdictShop
}

function judge(cells: Cells, { decision, windows, isOver, day, shop }: Judged): Omit<Answer, 'besides'> {
  const lengthOf = ({ from, to }: { from: number; to: number }) => to - from
  const plan: ChangePlan = {
    expected: readExpectation(decision),
    weeks: { facts: lengthOf(windows.facts.after), orders: lengthOf(windows.orders.after) },
    isOver,
  }
  const dayOf = (week: number) => formatDay(windows.first + 7 * week)
  const found = EFFECT_MEASURES.map((measure) =>
    measureChange(cells, {
      measure,
      windows: measure === 'orders' ? windows.orders : windows.facts,
      hasSegment: decision.segment !== null,
      dayOf,
    }),
  )
  const judgement = judgeChange(found, plan)
  const gained = findGained(cells, judgement.measures)
  return {
    decision: decision.id,
    ...judgement,
    lookAgain: findLookAgain(judgement.word, plan, windows, day),
    weeksAfter: plan.weeks.facts,
    gained: gained ? { ...gained, weeks: plan.weeks.orders, currency: shop.currency } : null,
  }
}

/** When the first verdict is possible, or when the next week joins what is compared; null once all is in. */
function findLookAgain(
  word: Verdict['word'],
  plan: ChangePlan,
  { first, facts, orders }: WindowsPlan,
  day: Day,
): string | null {
  if (word === 'early')
    return formatDay(findFirstVerdictDay(day) + (plan.expected?.measure === 'orders' ? FOLLOW_UP_DAYS : 0))
  if (isComplete(plan)) return null
  const weeks = waitsForOrders(plan) ? orders : facts
  const follow = waitsForOrders(plan) ? FOLLOW_UP_DAYS : 0
  return formatDay(first + 7 * (weeks.after.to + 1) + follow)
}

function readExpectation({ expectedMeasure, expectedDirection, expectedSize }: StoredDecision) {
  if (expectedMeasure === null) return undefined
  return { measure: expectedMeasure, direction: expectedDirection ?? ('up' as const), size: expectedSize }
}

function refuse(
  { id, ...decision }: StoredDecision,
  reason: Reason,
  day: number,
  besides: Verdict['besides'],
): Answer {
  const expected = readExpectation({ id, ...decision })
  return {
    decision: id,
    word: reason === 'ahead' ? 'early' : 'few_data',
    reason,
    lookAgain: reason === 'ahead' ? formatDay(findFirstVerdictDay(day)) : null,
    isCausal: false,
    weeksAfter: 0,
    measures: [],
    expected: expected ? { ...expected, came: 'unknown' } : null,
    gained: null,
    besides,
  }
}

/** Other decisions at the same place, or on the whole of the stage or path, that the comparison can't tell apart. */
async function listBesides(deps: Deps, shop: number, decision: StoredDecision, day: number) {
  const filter = { from: formatDay(day - REACH_DAYS), to: formatDay(day + REACH_DAYS) }
  const rows = await selectDecisions(deps.db, shop, filter, undefined, 100)
  const covers = (a: StoredPlace, b: StoredPlace) =>
    a.touchpoint === null ? a.stage === null || a.stage === b.stage : a.touchpoint === b.touchpoint
  return rows
    .filter((one) => one.id !== decision.id && (covers(one, decision) || covers(decision, one)))
    .map(({ id, day: on, title }) => ({ id, day: on, title }))
}

type StoredPlace = Pick<StoredDecision, 'stage' | 'touchpoint'>

/** Decisions whose verdict may still be of news: begun within so long a time, ms. */
export const NEWS_MS = 26 * 7 * DAY_MS
