import { regularisedBeta } from './beta-function.ts'

/** P(T ≤ t) for Student's t with `df` degrees of freedom. */
export function studentCdf(t: number, df: number): number {
  if (t === 0) return 0.5
  const tail = regularisedBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t > 0 ? 1 - tail : tail
}

/** Two-sided: P(|T| > |t|). */
export function studentTails(t: number, df: number): number {
  return regularisedBeta(df / (df + t * t), df / 2, 0.5)
}

const remembered = new Map<string, number>()
const MAX_REMEMBERED = 2_000

/** The t with P(T ≤ t) = p, for 0 < p < 1 and df ≥ 1, found by halving: accurate to 1e-10 of its size. */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) throw new RangeError('studentQuantile takes 0 < p < 1 and df > 0')
  if (p < 0.5) return -studentQuantile(1 - p, df)
  const key = `${p} ${df}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  let high = 2
  while (studentTails(high, df) / 2 > 1 - p && high < 1e12) high *= 2
  let low = 0
  while (high - low > 1e-11 * (1 + high)) {
    const middle = (low + high) / 2
    if (studentTails(middle, df) / 2 > 1 - p) low = middle
    else high = middle
  }
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  const found = (low + high) / 2
  remembered.set(key, found)
  return found
}

/** P(X ≤ k) for X binomial(n, p). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n) return 1
  const whole = Math.floor(k)
  return regularisedBeta(1 - p, n - whole, whole + 1)
}

/** The smallest k with P(X ≤ k) ≥ q for X binomial(n, p). */
export function binomialQuantile(q: number, n: number, p: number): number {
  let low = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >> 1
    if (binomialCdf(middle, n, p) >= q) high = middle
    else low = middle + 1
  }
  return low
}
