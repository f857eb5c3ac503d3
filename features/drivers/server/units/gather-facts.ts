import { findLevel } from './levels.ts'
import { SAYS } from './packed.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'
import type { Unit } from './unit.ts'
import { isContact, rankOfTouchpoint, readClock, type UnitsGround } from './units-plan.ts'

/** Parts of a visit are never so far from each other. */
const VISIT_GAP_MS = 6 * 3_600_000

/** Adds what was measured, met and reported in these events to the unit. */
export function addFacts(
  unit: Unit,
  events: Iterable<HistoryEvent>,
  ground: UnitsGround,
  below = Number.POSITIVE_INFINITY,
): void {
  for (const event of events) {
    unit.facts |= event.facts
    addReading(unit, event, ground, below)
    if (isMet(event, ground)) unit.met.add(event.touchpoint)
  }
}

/** Pages and ads: what comes before anybody is asked. */
const isMet = ({ says, touchpoint }: HistoryEvent, ground: UnitsGround): boolean =>
  says === SAYS.nothing && rankOfTouchpoint(ground, touchpoint) < ground.ranks.contact

/** What the end of a case measures is told by whether the case was solved. */
function addReading(unit: Unit, event: HistoryEvent, ground: UnitsGround, below: number): void {
  const { measure, measured, touchpoint, says } = event
  if (measured === null || says === SAYS.resolved || !Number.isFinite(measured)) return
  const key = `${touchpoint}.${measure}`
  const standard = ground.standards.get(key)
  if (!standard || rankOfTouchpoint(ground, touchpoint) >= below) return
  unit.readings.push({ key, level: findLevel(standard, measured) })
}

/**
 * What was met in the first visit alone. Whoever hasn't ordered looks around for weeks, whoever has only until then: counted on all
 * the way, a page that changes nothing would stand oftener with those who didn't order (immortal time; Suissa 2008).
 */
export function keepFirstVisit(unit: Unit, way: readonly HistoryEvent[], ground: UnitsGround): void {
  const met = way.filter((event) => isMet(event, ground))
  const end = met.findIndex(({ at }, place) => place > 0 && at - (met[place - 1]?.at ?? at) > VISIT_GAP_MS)
  unit.met = new Set(met.slice(0, end < 0 ? undefined : end).map(({ touchpoint }) => touchpoint))
}

/** By what units are alike before anything happened: `way` are the events from the first contact on, up to the outcome. */
export function addWayControls(unit: Unit, way: readonly HistoryEvent[], ground: UnitsGround): void {
  const visits = way.filter((event) => isContact(event) && event.says === SAYS.nothing)
  const find = (at: number) => {
    const event = visits.find((one) => textAt(one, at) !== '')
    return event ? textAt(event, at) : ''
  }
  const source = visits.find(({ arrival }) => arrival !== '') ?? visits[0]
  const last = readClock(findLastVisit(visits)?.at ?? unit.at, ground.timeZone)
  Object.assign(unit.controls, {
    source: source ? textAt(source, 2) : '',
    device: find(0),
    category: find(1),
    part_of_day: PARTS.find(({ until }) => last.hour < until)?.part ?? 'evening',
    weekend: last.isWeekend ? 'weekend' : 'workday',
    month: readClock(unit.at, ground.timeZone).month,
    contact: findWays(way),
  })
}

const PARTS = [
  { until: 6, part: 'night' },
  { until: 12, part: 'morning' },
  { until: 19, part: 'day' },
] as const

/** The ways by which they asked something. */
function findWays(way: readonly HistoryEvent[]): string {
  const ways = way.filter(({ says }) => says === SAYS.started).map(({ touchpoint }) => touchpoint)
  return [...new Set(ways)].sort().join(' ')
}

/** The first contact of the last visit. */
function findLastVisit(visits: readonly HistoryEvent[]): HistoryEvent | undefined {
  let first = visits[0]
  for (const [at, event] of visits.entries()) {
    const before = visits[at - 1]
    if (before && event.at - before.at > VISIT_GAP_MS) first = event
  }
  return first
}

/** Whether they had ordered before. */
export const hasOrderedBefore = ({ events }: History, at: number): boolean =>
  events.some((event) => event.says === SAYS.placed && event.at < at)
