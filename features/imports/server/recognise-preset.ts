import type { PresetKey, TablePreset } from '../contract.ts'
import type { InputFile } from './import-stage.ts'
import { requiredFields } from './mapping/table-fields.ts'
import { guessMapping } from './reading/guess-mapping.ts'

/** What kind of export files are, by their names, else by their columns. */
export function recognisePreset(
  files: readonly InputFile[],
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): PresetKey {
  const has = (name: RegExp) => files.some((file) => name.test(file.name))
  if (has(/(^|_)orders_dataset\.csv/i) && has(/(^|_)customers_dataset\.csv/i)) return 'olist'
  if (has(/marketing_qualified_leads/i)) return 'olist-leads'
  return weigh('orders', columns, rows) >= weigh('events', columns, rows) ? 'orders' : 'events'
}

/** Required fields count most, then how many others are found. */
function weigh(
  preset: TablePreset,
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): number {
  const fields = guessMapping(preset as 'orders', columns, rows).fields as Record<
    string,
    { confidence: number } | undefined
  >
  const needed = requiredFields[preset].reduce((sum, field) => sum + (fields[field]?.confidence ?? 0), 0)
  return needed * 10 + Object.keys(fields).length
}
