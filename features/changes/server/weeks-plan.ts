import { type Day, localDay, startOfDay, type TimeRange } from '../../../kernel/time.ts'
import type { Registry, Standard } from '../../touchpoints/contract.ts'
import { EFFECT_DAYS, WEEKS } from '../vocabulary.ts'
import { type Place, VISIT } from './models/figures.ts'

/** Weeks from Monday: 1970-01-01 was a Thursday, so its week has the number 0 and began three days before. */
export const weekOf = (day: Day) => Math.floor((day + 3) / 7)
export const mondayOf = (week: number): Day => week * 7 - 3

export interface WeeksPlan {
  shop: number
  timeZone: string
  /** The weeks looked at; the last one is over. */
  firstWeek: number
  weeks: number
  /** How many of them are followed up to their end. */
  followedWeeks: number
  /** Half-open, of the weeks; orders count until `now`. */
  period: TimeRange
  now: number
  places: PlannedPlace[]
}

export interface PlannedPlace extends Place {
  code: number
  groupCode: number
  standards: { measure: string; sign: 1 | -1; good: number; bad: number }[]
  /** The measure of the time standard, if any. */
  timed: string | null
}

/** Units of standards that are spans of time. */
const TIMES = ['ms', 's', 'min', 'h', 'days']
/** Codes of groups begin here, those of touchpoints at 1. */
const GROUPS = 2_000

export function planWeeks(
  shop: { id: number; timeZone: string },
  registry: Registry,
  now: number,
): WeeksPlan {
  const { timeZone } = shop
  const end = weekOf(localDay(now, timeZone))
  const firstWeek = end - WEEKS
  const start = (week: number) => startOfDay(mondayOf(week), timeZone)
  const day = 86_400_000
  let followed = WEEKS
  while (followed > 0 && start(firstWeek + followed) + EFFECT_DAYS * day > now) followed--
  return {
    shop: shop.id,
    timeZone,
    firstWeek,
    weeks: WEEKS,
    followedWeeks: followed,
    period: { from: start(firstWeek), to: start(end) },
    now,
    places: planPlaces(registry),
  }
}

/** Whatever lies up to the order is reckoned as a share of visitors; later touchpoints as one of those in their stage. */
export function planPlaces({ stages, touchpoints }: Registry): PlannedPlace[] {
  const order = stages.findIndex(({ key }) => key === 'order')
  const stageOf = (key: string) => stages.findIndex((one) => one.key === key)
  const whole = touchpoints
    .filter(({ isOn, stage }) => isOn && stageOf(stage) >= 0)
    .map(({ key, stage, standards }) => {
      const isVisit = order < 0 || stageOf(stage) <= order
      return {
        ...toPlace(key, standards),
        group: isVisit ? VISIT : `stage:${stage}`,
        groupCode: isVisit ? GROUPS : GROUPS + 1 + stageOf(stage),
        isApart: standards.length > 1,
      }
    })
  const apart = touchpoints
    .filter(({ key, standards }) => standards.length > 1 && whole.some((one) => one.key === key))
    .flatMap(({ key, standards }) =>
      standards.map((one) => ({
        ...toPlace(`${key}.${one.measure}`, [one]),
        ...{ group: '', groupCode: 0, isApart: false },
      })),
    )
  return [...whole, ...apart].map((place, at) => ({ ...place, code: at + 1 }))
}

function toPlace(key: string, standards: readonly Standard[]) {
  const timed = standards.find(({ unit }) => TIMES.includes(unit))
  return {
    key,
    timed: timed?.measure ?? null,
    speed: timed
      ? { unit: timed.unit, scale: timed.good > 0 ? timed.good : 1, isUpper: timed.basis === 'p75' }
      : null,
    standards: standards.map(({ measure, direction, good, bad }) => {
      const sign: 1 | -1 = direction === 'at_most' ? 1 : -1
      return { measure, sign, good: sign * good, bad: sign * bad }
    }),
  }
}
