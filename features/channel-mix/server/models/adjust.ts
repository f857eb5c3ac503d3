import { FLOOR_WORD } from '../../../../kernel/stats/floors.ts'
import { LEVELS, MIX_GROUPS, type MixGroup } from '../../vocabulary.ts'
import type { StratumCell } from '../mix-query.ts'
import { addCells, type CellSums, countPersons } from './person-sums.ts'

/** What a mix is adjusted for, chosen before any outcome is looked at: only by how many said something where. */
export interface Adjustment {
  by: (typeof LEVELS)[number]
  groups: MixGroup[]
  keyOf: (cell: StratumCell) => string
  /** Of the strata in which every group can be compared: their part of those orders, adding up to 1. */
  weights: Map<string, number>
  covered: number
  left: { cell: StratumCell; orders: number; missing: MixGroup[] }[]
}

export interface GroupRows {
  /** All orders of the group by strata. */
  all: readonly CellSums<StratumCell>[]
  /** Those of which the outcome is known. */
  heard: readonly CellSums<StratumCell>[]
}

/** Groups with fewer persons aren't compared, as nothing is shown of them. */
export const MIN_PERSONS = FLOOR_WORD
/** Orders of which something must be known in a stratum of a group for its mean to stand for the rest. */
export const MIN_ORDERS = 5
/** Strata that leave out more of the orders than this are too fine. */
const ENOUGH = 0.9

/**
 * The finest strata in which nearly all orders can be compared in every group of which enough is known; strata where
 * they can't are left out and named, never guessed. undefined with fewer than two groups, or no stratum in common.
 */
export function chooseAdjustment(groups: Record<MixGroup, GroupRows>): Adjustment | undefined {
  const known = MIX_GROUPS.filter((key) => countPersons(groups[key].heard) >= MIN_PERSONS)
  if (known.length < 2) return undefined
  let found: Adjustment | undefined
  for (const by of LEVELS) {
    const adjustment = weigh(groups, known, by)
    // The coarsest isn't chosen when it covers no more than a finer one.
    if (adjustment && (!found || adjustment.covered > found.covered)) found = adjustment
    if (found && found.covered >= ENOUGH) break
  }
  return found
}

function weigh(
  groups: Record<MixGroup, GroupRows>,
  known: MixGroup[],
  by: Adjustment['by'],
): Adjustment | undefined {
  const keyOf = (cell: StratumCell) => cell.slice(0, by.length).join('\u001f')
  const everyone = MIX_GROUPS.flatMap((key) => groups[key].all)
  const cells = new Map(everyone.flatMap((row) => row.cells.map((cell) => [keyOf(cell), cell] as const)))
  const heard = known.map((key) => ({ key, sums: addCells(groups[key].heard, keyOf) }))
  const strata = [...addCells(everyone, keyOf)].map(([key, { n }]) => ({
    key,
    orders: n,
    missing: heard.filter(({ sums }) => (sums.get(key)?.n ?? 0) < MIN_ORDERS).map((one): MixGroup => one.key),
  }))
  const common = strata.filter(({ missing }) => missing.length === 0)
  const total = (list: typeof strata) => list.reduce((sum, { orders }) => sum + orders, 0)
  const covered = total(common)
  if (covered === 0) return undefined
  return {
    by,
    groups: known,
    keyOf,
    weights: new Map(common.map(({ key, orders }) => [key, orders / covered])),
    covered: covered / total(strata),
    left: strata
      .filter(({ missing }) => missing.length > 0)
      .map(({ key, orders, missing }) => ({ cell: cells.get(key) as StratumCell, orders, missing }))
      .sort((a, b) => b.orders - a.orders || (keyOf(a.cell) < keyOf(b.cell) ? -1 : 1)),
  }
}
