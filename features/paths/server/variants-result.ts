import type { VariantsAnswer } from '../contract.ts'
import { countAll, type Pair } from './count-all.ts'
import { keyOf, type NodeCodes } from './node-codes.ts'
import {
  findClusters,
  findUnidentifiedShare,
  type MadePaths,
  NO_UNITS,
  type SideTotals,
  toTotals,
} from './totals.ts'
import { identifyVariant, type VariantRow } from './variants-query.ts'

/** The totals stand in every row; without a row there was nothing. */
export function readTotals(row: VariantRow | undefined): SideTotals {
  if (!row) return NO_UNITS
  const { units, persons, squares, known, all_ordered: ordered, all_open: open } = row
  return { units, persons, squares, known, ordered, open, left: units - ordered - open }
}

/** Variants of one side, and what all of that side are. */
export interface VariantSide {
  rows: readonly VariantRow[]
  totals: SideTotals
  distinct: number
}

/** The top variants of both sides, beside what the same are on the other one. */
export function makeVariants(
  { rows, totals, distinct }: VariantSide,
  other: VariantSide | undefined,
  codes: NodeCodes,
): MadePaths<Omit<VariantsAnswer, 'meta'>> {
  const others = new Map(other?.rows.map((row) => [identifyVariant(row), row]))
  const pairs = rows.flatMap((row): Pair[] => {
    const beside = others.get(identifyVariant(row))
    return [
      {
        n: row.n,
        of: totals.units,
        ...(other && { other: { n: beside?.n ?? 0, of: other.totals.units } }),
      },
      { n: row.ordered, of: row.n, ...(beside && { other: { n: beside.ordered, of: beside.n } }) },
    ]
  })
  const counted = countAll(pairs, findClusters(totals, other?.totals))
  let covered = 0
  const answer = {
    totals: toTotals(totals, other?.totals),
    distinct,
    found: rows[0]?.found ?? 0,
    foundUnits: rows[0]?.found_units ?? 0,
    variants: rows.map(({ nodes, is_cut, n, value, took }, at) => {
      covered += n
      return {
        path: nodes.map((code) => keyOf(codes, code)),
        isCut: is_cut === 1,
        ...(counted[at * 2] as (typeof counted)[number]),
        coverage: totals.units === 0 ? 0 : covered / totals.units,
        ordered: counted[at * 2 + 1] as (typeof counted)[number],
        value,
        medianSeconds: took / 1000,
      }
    }),
  }
  return { answer, unidentifiedShare: findUnidentifiedShare(totals) }
}
