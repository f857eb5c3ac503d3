import type { Driver } from '../contract.ts'

export interface Point {
  driver: Driver
  kept: number
  /** Its number in the picture: the most important is 1. */
  place: number
}

/** What matters less than that stands at the bottom edge, one point on the other. */
const LEAST_IMPORTANCE = 0.005

const mean = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length

/** Standards with both figures, the most important first; the lines between the corners are their means. */
export function placePoints(drivers: readonly Driver[]) {
  const known = drivers.filter(({ kept, leftOut }) => kept !== null && leftOut === null)
  const points: Point[] = known
    .filter(({ importance }) => importance >= LEAST_IMPORTANCE)
    .toSorted((a, b) => b.importance - a.importance)
    .map((driver, at) => ({ driver, kept: driver.kept ?? 0, place: at + 1 }))
  const all = points.map(({ kept }) => kept)
  return {
    points,
    /** Those that hardly matter, which are only counted. */
    others: known.length - points.length,
    importance: mean(points.map(({ driver }) => driver.importance)),
    kept: mean(all),
    most: 1.2 * Math.max(0, ...points.map(({ driver }) => driver.importance)),
    // Where all is kept well the picture begins later, or every point would stand at its edge.
    least: Math.max(0, Math.floor(10 * Math.min(1, ...all) - 1) / 10),
  }
}

/** Nearer than that, in shares of the picture, one mark would cover the other. */
const NEAR = 0.06

/** By how many steps to the side each mark stands so that its number can be read; figures stand in the list beside. */
export function findShifts(marks: readonly { x: number; y: number }[]): number[] {
  const shifts: number[] = []
  for (const [at, { x, y }] of marks.entries()) {
    const near = marks.slice(0, at).filter((one) => Math.hypot(one.x - x, one.y - y) < NEAR)
    const isRight = near.every((one) => one.x <= x)
    shifts.push(near.length === 0 ? 0 : isRight ? near.length : -near.length)
  }
  return shifts
}

export type Corner = 'mend' | 'keep' | 'later' | 'leave'

/** What a place in the picture says: matters and limps, matters and stands, limps without mattering, neither. */
export function findCorner({ driver, kept }: Point, middle: { importance: number; kept: number }): Corner {
  if (driver.importance >= middle.importance) return kept < middle.kept ? 'mend' : 'keep'
  return kept < middle.kept ? 'later' : 'leave'
}
