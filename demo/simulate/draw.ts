import { createPrng } from '../../kernel/prng.ts'

/** What chance decides in a life, from one seeded source. */
export interface Draw {
  /** Fails when `chance` is no probability: a truth that doesn't fit must not be bent in silence. */
  happens(chance: number): boolean
  /** A number from `low` up to `high`. */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  one<T>(items: readonly T[]): T
  byShare<T extends { share: number }>(items: readonly T[]): T
  /** Lognormal by its median and 75th percentile. */
  skewed(median: number, p75: number): number
  /** A mark from `low` to `high` whose mean is exactly `mean`: a binomial, so bounds don't bend the mean. */
  mark(low: number, high: number, mean: number): number
}

/** z of the 75th percentile of the normal distribution. */
const Z75 = 0.6744897501960817

export function createDraw(seed: string): Draw {
  const { float } = createPrng(seed)
  const whole = (low: number, high: number) => low + Math.floor(float() * (high - low + 1))
  const draw: Draw = {
    happens(chance) {
      if (!(chance >= 0 && chance <= 1)) throw new RangeError(`${chance} is no probability`)
      return float() < chance
    },
    between: (low, high) => low + float() * (high - low),
    whole,
    one: (items) => items[whole(0, items.length - 1)] as (typeof items)[number],
    byShare: (items) => pickByShare(items, float()),
    skewed: (median, p75) => median * (p75 / median) ** (normal(float(), float()) / Z75),
    mark(low, high, mean) {
      const chance = (mean - low) / (high - low)
      let mark = low
      for (let step = low; step < high; step++) if (draw.happens(chance)) mark++
      return mark
    },
  }
  return draw
}

function pickByShare<T extends { share: number }>(items: readonly T[], at: number): T {
  const total = items.reduce((sum, { share }) => sum + share, 0)
  let rest = at * total
  for (const item of items) {
    rest -= item.share
    if (rest < 0) return item
  }
  return items.at(-1) as T
}

/** Box–Muller. */
function normal(a: number, b: number): number {
  return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b)
}
