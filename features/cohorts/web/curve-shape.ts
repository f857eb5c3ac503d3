import { formatPercent } from '../../../web/format.ts'

export interface CurvePoint {
  /** Place of the stretch, from 0. */
  at: number
  share: number
  low: number
  high: number
  n: number
  of: number
}

export interface CurveFrame {
  width: number
  height: number
  top: number
  left: number
  right: number
  bottom: number
  /** Stretches side by side. */
  count: number
}

/** A point in pixels: how far right, and how far down the share and the ends of its range are. */
export interface Place {
  x: number
  share: number
  low: number
  high: number
}

const TOPS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]
/** Room above the drawing, for the numbers at its points. */
const HEAD = 26

/** The end of the scale: the next round share above all that is drawn. */
export function chooseTop(shares: readonly number[]): number {
  const highest = Math.max(0, ...shares)
  return TOPS.find((top) => top >= highest) ?? 1
}

/** `frame.top` is the share at the upper end of the scale. */
export function placePoints(points: readonly CurvePoint[], frame: CurveFrame): Place[] {
  const { width, height, left, right, bottom, count, top } = frame
  const step = (width - left - right) / count
  const down = (share: number) => HEAD + (height - bottom - HEAD) * (1 - share / top)
  return points.map(({ at, share, low, high }) => ({
    x: left + step * (at + 0.5),
    share: down(share),
    low: down(low),
    high: down(high),
  }))
}

/** A line through the shares, or the area between the ends of the ranges. */
export function toPath(places: readonly Place[], which: 'share' | 'band'): string {
  const line = (of: readonly Place[], pick: (place: Place) => number) =>
    of.map((place) => `${place.x.toFixed(1)} ${pick(place).toFixed(1)}`).join(' L')
  if (places.length === 0) return ''
  if (which === 'share') return `M${line(places, ({ share }) => share)}`
  return `M${line(places, ({ high }) => high)} L${line(places.toReversed(), ({ low }) => low)}Z`
}

/** Somebody is never written as nobody. */
export function writeShare(share: number, locale: string): string {
  return share > 0 && share < 0.005 ? `<${formatPercent(0.01, locale)}` : formatPercent(share, locale)
}

/** Small shares need a digit more to be told apart. */
export const digitsOf = (share: number): number => (share < 0.1 ? 1 : 0)
