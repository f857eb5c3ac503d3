import { findWilsonInterval } from '../../../../kernel/stats/wilson.ts'
import type { Retention, Share } from '../../contract.ts'

/** A cell of `of` persons, so many back in the stretch and so many by its end. */
export function toShareOf(of: number, within: number, by: number): Retention {
  const share = (n: number): Share => ({ n, ...(findWilsonInterval(n, of) as Omit<Share, 'n'>) })
  return { of, within: share(within), by: share(by) }
}
