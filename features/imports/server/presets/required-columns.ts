import { AppError } from '../../../../kernel/errors.ts'
import type { Cell } from '../import-stage.ts'

/** Where columns are; fails with `unprocessable` naming those that the file lacks. */
export function findColumns<const K extends string>(
  file: string,
  columns: readonly string[],
  needed: readonly K[],
): Record<K, number> {
  const places = new Map(columns.map((column, index) => [column.trim().toLowerCase(), index]))
  const missing = needed.filter((name) => !places.has(name))
  if (missing.length > 0)
    throw new AppError(
      'unprocessable',
      `${file} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}. It has: ${columns.slice(0, 30).join(', ')}.`,
      { details: { file, missing, columns: columns.slice(0, 200) } },
    )
  return Object.fromEntries(needed.map((name) => [name, places.get(name) as number])) as Record<K, number>
}

/** A cell as trimmed text; '' for what is no text or number. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell.trim()
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}
