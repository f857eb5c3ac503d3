import type { Finding } from './findings.ts'
import type { PersonRow } from './read-row.ts'

interface Cell {
  persons: number
  answers: number
  sum: number
  squares: number
}

/**
 * By how many NPS points the raw figure is off: raw minus the NPS in which each kind of history (late or not, defects
 * and how they were solved) weighs as many as received, not as many as answered. Post-stratification; Lohr, Sampling, ch. 8.
 */
export function findNpsBias(rows: readonly PersonRow[], before: number): Finding {
  const cells = new Map<string, Cell>()
  const total = { persons: 0, answers: 0 }
  for (const row of rows) {
    if (row.order?.receivedAt === undefined || row.order.receivedAt >= before) continue
    const cell = cellOf(cells, row)
    cell.persons++
    total.persons++
    if (row.nps === undefined) continue
    const score = row.nps >= 9 ? 100 : row.nps <= 6 ? -100 : 0
    cell.answers++
    total.answers++
    cell.sum += score
    cell.squares += score * score
  }
  return { ...weigh([...cells.values()], total), n: total.answers }
}

function cellOf(cells: Map<string, Cell>, { order, failures }: PersonRow): Cell {
  const history = failures.map(({ isSolvedWell }) => (isSolvedWell ? 'well' : 'badly')).join('+')
  const key = `${(order?.lateDays ?? 0) > 0}:${history}`
  const cell = cells.get(key) ?? { persons: 0, answers: 0, sum: 0, squares: 0 }
  cells.set(key, cell)
  return cell
}

/** The error counts both the marks within the cells and the chance by which just these persons answered. */
function weigh(cells: readonly Cell[], total: { persons: number; answers: number }) {
  const known = cells.filter(({ answers }) => answers > 1)
  let estimate = 0
  let within = 0
  let between = 0
  const raw = known.reduce((sum, cell) => sum + cell.sum, 0) / total.answers
  for (const { persons, answers, sum, squares } of known) {
    const mean = sum / answers
    const weight = answers / total.answers - persons / total.persons
    estimate += weight * mean
    within += (weight ** 2 * (squares / answers - mean ** 2)) / answers
    between += (answers / total.answers ** 2) * (mean - raw) ** 2
  }
  return { estimate, error: Math.sqrt(within + between) }
}
