import { DAY_MS, type TimeRange } from '../../../../kernel/time.ts'
import { getOffset } from '../../../../kernel/time-zone.ts'
import type { Registry, Standard, Touchpoint } from '../../../touchpoints/contract.ts'
import type { DriversSettings } from '../../contract.ts'
import type { Outcome } from '../../vocabulary.ts'
import { SAYS } from './packed.ts'
import type { HistoryEvent } from './read-history.ts'

/** What units are made of, beside the histories. */
export interface UnitsPlan {
  outcome: Outcome
  period: TimeRange
  /** What happened from then on is not recorded yet. */
  recordedUntil: number
  timeZone: string
  /** After so long without a contact a way begins anew. */
  silenceMs: number
  registry: Pick<Registry, 'stages' | 'touchpoints'>
  facts: DriversSettings['facts']
}

/** Days that must have passed before a unit's outcome is over. */
export const FOLLOW_UP: Record<Outcome, number | null> = {
  ordered: 30,
  bought_out: 20,
  repeat: 90,
  recommendation: null,
  rating: null,
}

/** Days read before the period and after it, so that all that belongs to a unit is there. */
export const READ_BEYOND: Record<Outcome, { before: number; after: number }> = {
  ordered: { before: 60, after: 30 },
  bought_out: { before: 60, after: 80 },
  repeat: { before: 90, after: 90 },
  recommendation: { before: 120, after: 0 },
  rating: { before: 90, after: 0 },
}

/** A parcel of which nothing came within so many days of its order was lost, or the shop doesn't report arrivals. */
export const LOST_MS = 60 * DAY_MS
/** How long before an order what happened belongs to it. */
export const BEFORE_ORDER_MS = 30 * DAY_MS
/** Facts of a repeat order are counted up to so many days after receipt. */
export const LANDMARK_DAYS = 21

/** The plan with everything that is looked up for each event. */
export interface UnitsGround extends UnitsPlan {
  places: Map<string, { touchpoint: Touchpoint; stage: string; rank: number }>
  standards: Map<string, Standard>
  rankOf(stage: string): number
  /** The places of the stages on the way; Infinity where the shop has no such stage. */
  ranks: { contact: number; order: number; receipt: number }
}

export function layGround(plan: UnitsPlan): UnitsGround {
  const { stages, touchpoints } = plan.registry
  const ranks = new Map(stages.map(({ key }, at) => [key, at]))
  const rankOf = (stage: string) => ranks.get(stage) ?? stages.length
  const find = (stage: string) => ranks.get(stage) ?? Number.POSITIVE_INFINITY
  const standards = new Map(
    touchpoints.flatMap(({ key, standards: own }) =>
      own.map((standard) => [`${key}.${standard.measure}`, standard] as const),
    ),
  )
  return {
    ...plan,
    places: new Map(
      touchpoints.map((touchpoint) => [
        touchpoint.key,
        { touchpoint, stage: touchpoint.stage, rank: rankOf(touchpoint.stage) },
      ]),
    ),
    standards,
    rankOf,
    ranks: { contact: find('contact'), order: find('order'), receipt: find('receipt') },
  }
}

/** Of a touchpoint's stage the place on the way; Infinity for one that the shop doesn't have any more. */
export const rankOfTouchpoint = ({ places }: UnitsGround, key: string): number =>
  places.get(key)?.rank ?? Number.POSITIVE_INFINITY

/** Hours and days by the shop's clock. */
export function readClock(at: number, zone: string): { hour: number; isWeekend: boolean; month: string } {
  const local = new Date(at + getOffset(at, zone))
  return {
    hour: local.getUTCHours(),
    isWeekend: [0, 6].includes(local.getUTCDay()),
    month: local.toISOString().slice(0, 7),
  }
}

/** Before the order, and about no order that there is already. */
export function isOnTheWay(ground: UnitsGround, event: HistoryEvent): boolean {
  const { touchpoint, arrival, order } = event
  if (!isContact(event) || order !== '') return false
  const { order: end } = ground.ranks
  return rankOfTouchpoint(ground, touchpoint) < end || rankOfTouchpoint(ground, arrival) < end
}

const NO_CONTACTS: readonly number[] = [SAYS.feedback, SAYS.measured]

/** What only measures or only says something is no contact. */
export const isContact = ({ touchpoint, arrival, says }: HistoryEvent): boolean =>
  (touchpoint !== '' || arrival !== '') && !NO_CONTACTS.includes(says)
