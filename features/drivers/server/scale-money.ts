import type { Estimate, Money } from '../contract.ts'

/** Money of some persons as money of all for whom they stand. */
export function scaleMoney(money: Money | null, weight: number): Money | null {
  if (!money) return null
  const scale = ({ value, low, high }: Estimate) => ({
    value: value * weight,
    low: low * weight,
    high: high * weight,
  })
  return { revenue: scale(money.revenue), margin: money.margin && scale(money.margin) }
}
