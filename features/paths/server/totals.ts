import type { Totals } from '../contract.ts'
import { type Clusters, countAll, type Pair } from './count-all.ts'

/** What a statement counts of all units of one side. */
export interface SideTotals {
  units: number
  persons: number
  /** The sum over persons of the square of their number of units. */
  squares: number
  known: number
  /** Units by how they end. */
  left: number
  ordered: number
  open: number
}

export const NO_UNITS: SideTotals = {
  units: 0,
  persons: 0,
  squares: 0,
  known: 0,
  left: 0,
  ordered: 0,
  open: 0,
}

/**
 * Units m that a person has, weighed by themselves, Σm² / Σm: the design effect of units that are quite alike within a
 * person, which is the widest case however unevenly units are spread over persons (L. Kish, Survey Sampling, 1965).
 */
const findCluster = ({ units, squares }: SideTotals): number => squares / Math.max(1, units) || 1

export const findClusters = (own: SideTotals, other: SideTotals | undefined): Clusters => ({
  own: findCluster(own),
  other: other ? findCluster(other) : 1,
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
