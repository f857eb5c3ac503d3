export type Point = { x: number; y: number }
/** A value with its likely range, placed: three heights at one `x`. */
export type Placed = { x: number; y: number; low: number; high: number }

const round = (value: number) => Math.round(value * 10) / 10

/**
 * Through all points with level tangents at each: between two of them the curve never leaves the range of their
 * values, so that no bend suggests what nobody measured.
 */
export function smoothPath(points: Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1]
      if (!before) return `M${round(x)},${round(y)}`
      const half = round((before.x + x) / 2)
      return `C${half},${round(before.y)} ${half},${round(y)} ${round(x)},${round(y)}`
    })
    .join('')
}

/** The closed area between two smooth lines over the same places. */
export function bandPath(points: Placed[]): string {
  if (points.length < 2) return ''
  const upper = smoothPath(points.map(({ x, high }) => ({ x, y: high })))
  const lower = smoothPath(points.map(({ x, low }) => ({ x, y: low })).reverse())
  return `${upper}${lower.replace('M', 'L')}Z`
}

/** Stretches without a gap: `[1, null, 2, 3]` → `[[1], [2, 3]]`. */
export function splitAtGaps<T>(items: (T | null)[]): T[][] {
  const runs: T[][] = [[]]
  for (const item of items) {
    if (item !== null) runs.at(-1)?.push(item)
    else if (runs.at(-1)?.length) runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

/** The half-height of the scale of what was said: round, at least 40, and never cutting an interval off. */
export function saidReach(values: { low: number; high: number }[]): number {
  const widest = Math.max(0, ...values.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))
  return Math.min(100, Math.max(40, Math.ceil((widest + 4) / 20) * 20))
}

/** Whether a label stands above its point: above peaks and below valleys it doesn't cover the curve. */
export function isPeak(heights: (number | null)[], index: number): boolean {
  const own = heights[index] ?? 0
  const around = [heights[index - 1], heights[index + 1]].filter((one) => typeof one === 'number')
  if (around.length === 0) return true
  return own >= around.reduce((sum, one) => sum + one, 0) / around.length
}
