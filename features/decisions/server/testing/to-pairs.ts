import { type CellPair, codeOf, KNOWN, MEASURED, type Measured, PATTERNS } from '../models/cells.ts'

/** A person's value in a cell of a measure. */
export interface PersonValue {
  person: string | number
  measured: Measured
  cell: number
  value: number
}

/** What the store answers for such persons, made one pair after another. */
export function toPairs(
  values: readonly PersonValue[],
  unidentified: ReadonlySet<unknown> = new Set(),
): CellPair[] {
  const pairs = new Map<string, CellPair>()
  const add = (a: number, b: number, x: number, y: number) => {
    const own = pairs.get(`${a} ${b}`) ?? { a, b, n: 0, sum_a: 0, sum_b: 0, product: 0 }
    pairs.set(`${a} ${b}`, {
      ...{ a, b, n: own.n + 1 },
      ...{ sum_a: own.sum_a + x, sum_b: own.sum_b + y, product: own.product + x * y },
    })
  }
  for (const person of new Set(values.map((one) => one.person))) {
    const own = values.filter((one) => one.person === person)
    for (const one of own)
      for (const other of own) {
        const [a, b] = [codeOf(one.measured, one.cell), codeOf(other.measured, other.cell)]
        if (a === b) add(a, b, one.value, one.value)
        else if (one.measured === other.measured && a < b && one.cell < 100 && other.cell < 100)
          add(a, b, one.value, other.value)
      }
    for (const [at, measured] of MEASURED.slice(0, 3).entries()) {
      const cells = own.filter((one) => one.measured === measured && one.cell < 100)
      const mask = cells.reduce((sum, { cell }) => sum | (1 << cell), 0)
      if (mask > 0) add(PATTERNS * (at + 1) + mask, PATTERNS * (at + 1) + mask, 0, 0)
    }
    const known = KNOWN + (unidentified.has(person) ? 0 : 1)
    add(known, known, 0, 0)
  }
  return [...pairs.values()]
}
