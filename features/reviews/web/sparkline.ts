/** Below it a week's value jumps about by itself. */
const FEWEST_A_WEEK = 5

/**
 * A line through weeks, in hundredths across and from top to bottom, broken where a week has too few persons.
 * `bounds` are where values can lie; less than a tenth of that isn't blown up to a mountain.
 */
export function drawSparkline(
  weeks: readonly ({ n: number; mean: number } | null)[],
  bounds: { low: number; high: number },
): string {
  const known = weeks.flatMap((one) => (one && one.n >= FEWEST_A_WEEK ? [one.mean] : []))
  if (known.length < 2) return ''
  const least = (bounds.high - bounds.low) / 10
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const middle = (low + high) / 2
  const span = Math.max(high - low, least)
  const y = (value: number) => (50 - ((value - middle) / span) * 84).toFixed(1)
  let path = ''
  let isOpen = false
  for (const [index, one] of weeks.entries()) {
    const isKnown = one !== null && one.n >= FEWEST_A_WEEK
    if (isKnown)
      path += `${isOpen ? 'L' : 'M'}${((index / (weeks.length - 1)) * 100).toFixed(1)} ${y(one.mean)}`
    isOpen = isKnown
  }
  // A week alone among gaps is a dot, which a line to itself draws.
  return path.replace(/M([^ML]+)(?=M|$)/g, 'M$1L$1')
}
