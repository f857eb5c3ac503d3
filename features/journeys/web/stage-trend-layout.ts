import type { StageAnswer, TrendPoint } from '../contract.ts'
import { isPeak, type Placed, saidReach } from './curve.ts'
import { shown } from './judge.ts'

/** The bands of the map again, over time: how many people, what they said, what the shop kept. */
export const TREND_BANDS = {
  people: { top: 0, height: 74 },
  said: { top: 74, height: 226 },
  kept: { top: 300, height: 112 },
  days: { top: 412, height: 30 },
} as const
export const TREND_HEIGHT = 442

/** The narrowest part that a finger still hits, and the widest that still looks like a course. */
const MIN_STEP = 34
const MAX_STEP = 150
/** From here on every part has room for its number. */
const ROOM_FOR_NUMBER = 46

const SAID_TOP = TREND_BANDS.said.top + 44
const SAID_BOTTOM = TREND_BANDS.said.top + TREND_BANDS.said.height - 34
const KEPT_TOP = TREND_BANDS.kept.top + 38
export const TREND_FLOOR = TREND_BANDS.kept.top + TREND_BANDS.kept.height - 4
const RIVER = { middle: 50, widest: 15 }
/** Room for the figures of the scale. */
const LEFT = 34

/** Where everything stands: pure arithmetic from the points and the room there is. */
export function layOutTrend(points: readonly TrendPoint[], room: number) {
  const count = Math.max(1, points.length)
  const step = Math.min(MAX_STEP, Math.max(MIN_STEP, (room - LEFT) / count))
  const reach = saidReach(points.map(({ said }) => shown(said)).filter((one) => one !== null))
  const middle = (SAID_TOP + SAID_BOTTOM) / 2
  const most = Math.max(1, ...points.map(({ persons }) => persons))
  const x = (index: number) => LEFT + step * (index + 0.5)
  const saidY = (value: number) => middle - (value / reach) * ((SAID_BOTTOM - SAID_TOP) / 2)
  const place = (index: number): Placed | null => {
    const known = shown(points[index]?.said)
    return known && { x: x(index), y: saidY(known.mean), low: saidY(known.low), high: saidY(known.high) }
  }
  return {
    step,
    width: Math.max(room, LEFT + step * count),
    reach,
    x,
    saidY,
    keptY: (share: number) => TREND_FLOOR - share * (TREND_FLOOR - KEPT_TOP),
    riverY: RIVER.middle,
    riverHalf: (persons: number) => (persons === 0 ? 0.4 : Math.max(1, (persons / most) * RIVER.widest)),
    placed: points.map((_, index) => place(index)),
    hasRoom: step >= ROOM_FOR_NUMBER,
    /** Every how many parts a day is written under the picture. */
    every: Math.max(1, Math.ceil(58 / step)),
  }
}

export type TrendLayout = ReturnType<typeof layOutTrend>

/** Points whose numbers are worth their room where not all have any: the lowest, the highest, the last one. */
export function tellingPoints(points: readonly TrendPoint[], measure: 'said' | 'kept'): Set<number> {
  const known = points.flatMap((point, index) => {
    const estimate = shown(point[measure])
    return estimate ? [{ index, mean: estimate.mean }] : []
  })
  const byHeight = known.toSorted((a, b) => a.mean - b.mean)
  const chosen = [byHeight[0], byHeight.at(-1), known.at(-1)]
  return new Set(chosen.flatMap((one) => one?.index ?? []))
}

/** Less than this between neighbours is a level stretch: its numbers stay on one side instead of jumping. */
const LEVEL = 5

/** On which side of its point a number stands: above peaks, below valleys, on a level stretch away from the middle. */
export function isLabelAbove(heights: (number | null)[], index: number): boolean {
  const own = heights[index] ?? 0
  const around = [heights[index - 1], heights[index + 1]].filter((one) => typeof one === 'number')
  return around.every((one) => Math.abs(one - own) < LEVEL) ? own >= 0 : isPeak(heights, index)
}

const DAY_MS = 86_400_000
const toDay = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** Where a day stands among the parts, counted in parts from the left; undefined outside of them. */
export function findPlaceOfDay(points: readonly TrendPoint[], day: string): number | undefined {
  const index = points.findIndex(({ fromDay, toDay: last }) => fromDay <= day && day <= last)
  const point = points[index]
  if (!point) return undefined
  const days = toDay(point.toDay) - toDay(point.fromDay) + 1
  return index + (toDay(day) - toDay(point.fromDay)) / days
}

/** Too few were heard in every part although there were enough in all: longer parts would say more. */
export function isTooFine({ trend, stage, by }: StageAnswer): boolean {
  const isSilent = (measure: 'said' | 'kept') =>
    shown(stage[measure]) !== null && trend.every((point) => shown(point[measure]) === null)
  return by !== 'month' && (isSilent('said') || isSilent('kept'))
}
