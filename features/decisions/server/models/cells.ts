import type { PersonSums } from '../../../../kernel/stats/estimate-mean.ts'

/** What is measured of a person, in the order in which the store numbers it; money of orders goes beside them. */
export const MEASURED = ['said', 'kept', 'orders', 'money'] as const
export type Measured = (typeof MEASURED)[number]

/** The place itself; its comparison in the segment's or the stage's sense; the rest of the path. */
export const GROUPS = ['place', 'near', 'rest'] as const
export type Group = (typeof GROUPS)[number]

export const WINDOWS = ['before', 'after', 'early', 'late'] as const
export type Window = (typeof WINDOWS)[number]

/** Codes of the store: a thousand for each measure; groups by windows, then from 100 on groups by weeks. */
export const PER_MEASURE = 1_000
export const WEEK_CELLS = 100
export const WEEKS_PER_GROUP = 40
/** From here on codes count persons: by measure and by the set of cells that they are in. */
export const PATTERNS = 10_000
/** Persons of whom only a browser is known, and the others. */
export const KNOWN = 50_000

/** Over the persons who are in both cells; with `a = b`, over those of one. */
export interface CellPair {
  a: number
  b: number
  n: number
  sum_a: number
  sum_b: number
  product: number
}

export interface Cells {
  find(a: number, b: number): CellPair | undefined
  /** Persons who are in any of these cells of one measure. */
  countPersons(measured: Measured, cells: readonly number[]): number
  persons: number
  unidentified: number
}

export const cellOf = (group: Group, window: Window): number =>
  GROUPS.indexOf(group) * WINDOWS.length + WINDOWS.indexOf(window)

export const codeOf = (measured: Measured, cell: number): number =>
  MEASURED.indexOf(measured) * PER_MEASURE + cell

export const weekCellOf = (group: Group, week: number): number =>
  WEEK_CELLS + GROUPS.indexOf(group) * WEEKS_PER_GROUP + week

export function readCells(rows: readonly CellPair[]): Cells {
  const pairs = new Map(rows.map((row) => [`${row.a} ${row.b}`, row]))
  const patterns = rows.filter(({ a }) => a >= PATTERNS && a < KNOWN)
  const count = (known: number) => pairs.get(`${KNOWN + known} ${KNOWN + known}`)?.n ?? 0
  return {
    find: (a, b) => pairs.get(`${Math.min(a, b)} ${Math.max(a, b)}`),
    countPersons(measured, cells) {
      // Money is known of the same persons as their orders.
      const base = PATTERNS * (1 + Math.min(MEASURED.indexOf(measured), MEASURED.indexOf('orders')))
      const any = cells.reduce((mask, cell) => mask | (1 << cell), 0)
      return patterns
        .filter(({ a }) => a >= base && a < base + PATTERNS && ((a - base) & any) !== 0)
        .reduce((sum, { n }) => sum + n, 0)
    },
    persons: count(0) + count(1),
    unidentified: count(0),
  }
}

/** Sums of one cell: each person counts once. */
export function sumsOf(cells: Cells, measured: Measured, cell: number): PersonSums {
  const code = codeOf(measured, cell)
  const own = cells.find(code, code)
  return { n: own?.n ?? 0, sum: own?.sum_a ?? 0, squares: own?.product ?? 0 }
}
