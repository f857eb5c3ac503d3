import type { TrendPoint } from '../contract.ts'

export interface TrendShape {
  /** SVG paths in a box of 1000 × 100; several pieces where weeks have no value. */
  line: string
  /** Weeks alone among gaps, which a line doesn't show. */
  dots: string
  band: string
  low: number
  high: number
  /** Place of a week from the left, 0 … 1. */
  at(index: number): number
}

/** Lines and bands of a trend; undefined where no week has a value. */
export function drawTrend(points: readonly TrendPoint[]): TrendShape | undefined {
  const bounds = points.flatMap(({ value, low, high }) =>
    value === null ? [] : [low ?? value, high ?? value],
  )
  if (bounds.length === 0) return undefined
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  // A band that runs away in a week of few persons would press everything else flat.
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(most - least, Math.abs(most) * 0.1, 1e-9) * 0.6
  const high = Math.min(Math.max(...bounds), most + room)
  // Where everything lies far from zero, zero would press it flat.
  const low = least >= 0 && least < most / 2 ? 0 : Math.max(Math.min(...bounds), least - room)
  const x = (index: number) => (points.length < 2 ? 500 : (1000 * index) / (points.length - 1))
  const y = (value: number) => {
    const share = high > low ? (value - low) / (high - low) : 0.5
    return 100 - 100 * Math.min(1, Math.max(0, share))
  }
  const write = (index: number, value: number) => `${x(index).toFixed(1)} ${y(value).toFixed(2)}`
  const pieces = findPieces(points)
  const drawn = pieces.map((piece) => piece.map((at) => write(at, valueAt(points, at))))
  return {
    line: drawn
      .filter((piece) => piece.length > 1)
      .map((piece) => `M${piece.join('L')}`)
      .join(''),
    dots: drawn.flatMap((piece) => (piece.length === 1 ? [`M${piece[0]}L${piece[0]}`] : [])).join(''),
    band: pieces.map((piece) => bandOf(points, piece, write)).join(''),
    low,
    high,
    at: (index) => x(index) / 1000,
  }
}

const valueAt = (points: readonly TrendPoint[], at: number) => points[at]?.value ?? 0

function bandOf(
  points: readonly TrendPoint[],
  piece: readonly number[],
  write: (index: number, value: number) => string,
): string {
  const side = (of: 'low' | 'high') => (at: number) => write(at, points[at]?.[of] ?? valueAt(points, at))
  return `M${[...piece.map(side('high')), ...piece.map(side('low')).reverse()].join('L')}Z`
}

/** Stretches of weeks that have values. */
function findPieces(points: readonly TrendPoint[]): number[][] {
  const pieces: number[][] = []
  for (const [at, { value }] of points.entries()) {
    if (value === null) continue
    const last = pieces.at(-1)
    if (last?.at(-1) === at - 1) last.push(at)
    else pieces.push([at])
  }
  return pieces
}
