import { type Bounds, compareMeans } from '../../../kernel/stats/estimate-mean.ts'
import { findDiscoveryRates } from '../../../kernel/stats/false-discovery.ts'
import type { MixChange, MixSide } from '../contract.ts'
import { MIX_GROUPS } from '../vocabulary.ts'
import type { MixLevel, MixRow } from './mix-query.ts'
import { findShare, indexRows, type MixRows } from './mix-result.ts'
import { MIN_PERSONS } from './models/adjust.ts'
import { averageClustered, type Clustered, toPersonSums } from './models/person-sums.ts'

type Found = Omit<MixChange, 'rate'>

/**
 * How the shares of orders and what was said differ between two sides, taken as independent, of every group and of the
 * combinations that stand alone on both; with the false discovery rate of each among all of them.
 */
export function compareMixes(
  own: { side: MixSide; rows: readonly MixRow[] },
  other: { side: MixSide; rows: readonly MixRow[] },
): MixChange[] {
  const [a, b] = [indexRows(own.rows), indexRows(other.rows)]
  const mixes = own.side.mixes.flatMap(({ key }) =>
    other.side.mixes.some((one) => one.key === key) ? [key] : [],
  )
  const found = [
    ...MIX_GROUPS.flatMap((group, unit) => compareUnit(a, b, 'group', unit, { group, mix: null })),
    ...mixes.flatMap((mix) => compareUnit(a, b, 'mix', mix, { group: null, mix })),
  ]
  const rates = findDiscoveryRates(found.map(({ p }) => p))
  return found.map((change, index) => ({ ...change, rate: rates[index] as number }))
}

function compareUnit(
  a: MixRows,
  b: MixRows,
  level: MixLevel,
  unit: number,
  who: Pick<Found, 'group' | 'mix'>,
): Found[] {
  const share = [a, b].map((of) => findShare(of, level, unit, 'n'))
  const said = [a, b].map((of) => averageClustered(of(level, unit, 'said')))
  const differences = {
    share: subtract(share[0], share[1], { low: 0, high: 1 }, 1),
    said: subtract(said[0], said[1], { low: -100, high: 100 }, 100),
  }
  return (['share', 'said'] as const).flatMap((about) => {
    const difference = differences[about]
    return difference ? [{ ...who, about, ...difference }] : []
  })
}

function subtract(a: Clustered | undefined, b: Clustered | undefined, bounds: Bounds, scale: number) {
  if (!a || !b || Math.min(a.persons, b.persons) < MIN_PERSONS) return undefined
  return compareMeans(toPersonSums(a, scale), toPersonSums(b, scale), bounds)
}
