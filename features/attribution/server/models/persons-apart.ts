import { createPrng } from '../../../../kernel/prng.ts'
import { GROUPS, type PathRow } from '../../../paths/server/reads.ts'

/**
 * Rows as the path table has them when each customer has `journeys` journeys, all of one path: for tests and benches,
 * which invent paths without customers. Customers fall into groups by a seeded chance.
 */
export function partPersons(rows: readonly Omit<PathRow, 'parts'>[], journeys = 1): PathRow[] {
  const prng = createPrng('persons apart')
  return rows.map((row) => {
    const parts = new Map<number, number[]>()
    const price = row.conversions === 0 ? 0 : row.value / row.conversions
    for (const kind of ['conversions', 'nulls'] as const) {
      for (let left = row[kind]; left > 0; left -= journeys) {
        const count = Math.min(journeys, left)
        const group = prng.below(GROUPS)
        const part = parts.get(group) ?? [group, 0, 0, 0]
        if (kind === 'nulls') part[3] = (part[3] as number) + count
        else {
          part[1] = (part[1] as number) + count
          part[2] = (part[2] as number) + count * price
        }
        parts.set(group, part)
      }
    }
    return { ...row, parts: [...parts.values()].flat() }
  })
}
