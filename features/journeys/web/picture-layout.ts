import type { Estimate, MapStage } from '../contract.ts'
import { type Placed, saidReach } from './curve.ts'
import { shown } from './judge.ts'

/** Three bands under each other, in pixels: how many people, what they said, what the shop kept. Never mixed. */
export const BANDS = {
  people: { top: 0, height: 104 },
  said: { top: 104, height: 266 },
  kept: { top: 370, height: 128 },
} as const
export const PICTURE_HEIGHT = 498

/** The narrowest column in which a stage can still be read; with more stages the map scrolls. */
export const MIN_STEP = 122

/** Room for the band's heading above and for labels at both ends of the scale. */
const SAID_TOP = BANDS.said.top + 46
const SAID_BOTTOM = BANDS.said.top + BANDS.said.height - 58
const KEPT_TOP = BANDS.kept.top + 44
export const KEPT_FLOOR = BANDS.kept.top + BANDS.kept.height - 10
export const RIVER_MIDDLE = 68
const RIVER_WIDEST = 42

/** Where everything stands: pure arithmetic from stages and the width of a column. */
export function layOut(stages: MapStage[], compared: MapStage[] | undefined, step: number) {
  const all = [...stages, ...(compared ?? [])].flatMap(({ said, expected }) => [said, expected])
  const reach = saidReach(all.filter((one) => shown(one) !== null) as Estimate[])
  const middle = (SAID_TOP + SAID_BOTTOM) / 2
  const most = Math.max(1, ...stages.map(({ persons }) => persons))
  const x = (index: number) => step * (index + 0.5)
  const saidY = (value: number) => middle - (value / reach) * ((SAID_BOTTOM - SAID_TOP) / 2)
  const keptY = (share: number) => KEPT_FLOOR - share * (KEPT_FLOOR - KEPT_TOP)
  return {
    step,
    width: step * stages.length,
    reach,
    middle,
    x,
    saidY,
    keptY,
    /** Half the width of the river of people at a stage: persons, to scale, but never thinner than a thread. */
    riverHalf: (persons: number) => Math.max(0.8, (persons / most) * (RIVER_WIDEST / 2)),
    place: (estimate: Estimate | null, index: number): Placed | null => {
      const known = shown(estimate)
      return known && { x: x(index), y: saidY(known.mean), low: saidY(known.low), high: saidY(known.high) }
    },
  }
}

export type Layout = ReturnType<typeof layOut>
