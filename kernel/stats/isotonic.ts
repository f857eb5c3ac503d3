/**
 * The non-decreasing values that come nearest to `ys` by weighted squares: pool adjacent violators (Barlow,
 * Bartholomew, Bremner and Brunk, "Statistical inference under order restrictions", 1972). Weights are positive;
 * runs in linear time.
 */
export function fitIsotonic(ys: readonly number[], weights?: readonly number[]): number[] {
  const means: number[] = []
  const masses: number[] = []
  const counts: number[] = []
  for (const [index, y] of ys.entries()) {
    let mean = y
    let mass = weights?.[index] ?? 1
    let count = 1
    while (means.length > 0 && (means.at(-1) as number) >= mean) {
      const before = masses.pop() as number
      mean = ((means.pop() as number) * before + mean * mass) / (before + mass)
      mass += before
      count += counts.pop() as number
    }
    means.push(mean)
    masses.push(mass)
    counts.push(count)
  }
  return means.flatMap((mean, block) => new Array<number>(counts[block] as number).fill(mean))
}

/** The fitted curve at `x`: between two places the straight line, beyond the ends the value at the end. */
export function readCurve(xs: readonly number[], ys: readonly number[], x: number): number {
  const last = xs.length - 1
  if (x <= (xs[0] as number)) return ys[0] as number
  if (x >= (xs[last] as number)) return ys[last] as number
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((xs[middle] as number) <= x) low = middle
    else high = middle
  }
  const [left, right] = [xs[low] as number, xs[high] as number]
  const part = (x - left) / (right - left)
  return (ys[low] as number) * (1 - part) + (ys[high] as number) * part
}
