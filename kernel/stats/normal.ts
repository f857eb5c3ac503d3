/**
 * P(|Z| > |z|) for the standard normal distribution: a series near zero, a continued fraction in the tails
 * (Abramowitz and Stegun, 26.2.11 and 26.2.14). Relative error below 1e-12.
 */
export function normalTails(z: number): number {
  const x = Math.abs(z)
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  if (x < 3) {
    let term = x
    let sum = x
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (x * x) / k
      sum += term
    }
    return Math.max(0, 1 - 2 * density * sum)
  }
  let fraction = 0
  for (let k = 200; k >= 1; k--) fraction = k / (x + fraction)
  return (2 * density) / (x + fraction)
}
