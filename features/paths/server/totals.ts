import type { Totals } from '../contract.ts'
import { type Clusters, countAll, type Pair } from './count-all.ts'

/** What a statement counts of all units of one side. */
export interface SideTotals {
  units: number
  persons: number
  known: number
  /** Units by how they end. */
  left: number
  ordered: number
  open: number
}

export const NO_UNITS: SideTotals = { units: 0, persons: 0, known: 0, left: 0, ordered: 0, open: 0 }

export const findClusters = (own: SideTotals, other: SideTotals | undefined): Clusters => ({
  own: own.units / Math.max(1, own.persons) || 1,
  other: other ? other.units / Math.max(1, other.persons) || 1 : 1,
})

export function toTotals(own: SideTotals, other: SideTotals | undefined): Totals {
  const pair = (key: 'left' | 'ordered' | 'open'): Pair => ({
    n: own[key],
    of: own.units,
    ...(other && { other: { n: other[key], of: other.units } }),
  })
  const [ordered, left, open] = countAll(
    [pair('ordered'), pair('left'), pair('open')],
    findClusters(own, other),
  )
  if (!ordered || !left || !open) throw new Error('Three pairs give three figures.')
  return { units: own.units, persons: own.persons, ordered, left, open }
}

/** Share of units of whose person nothing but a browser is known. */
export const findUnidentifiedShare = ({ units, known }: SideTotals): number =>
  units === 0 ? 0 : 1 - known / units

/** An answer, and of how many of its units nobody is known. */
export interface MadePaths<T> {
  answer: T
  unidentifiedShare: number
}
