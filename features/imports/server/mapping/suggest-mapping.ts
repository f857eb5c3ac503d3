import type { FieldPreview, TableMapping, TablePreset } from '../../contract.ts'
import { guessMapping } from '../reading/guess-mapping.ts'
import { requiredFields, tableFields } from './table-fields.ts'

export interface Suggestion {
  mapping: TableMapping
  fields: FieldPreview[]
}

export interface SuggestionInput {
  preset: TablePreset
  columns: readonly string[]
  rows: ReadonlyArray<readonly string[]>
  /** What the member has chosen on the screen or the command line. */
  chosen?: TableMapping
  /** What was chosen for the last file with these columns. */
  remembered?: TableMapping
}

/** The mapping to start from: what was chosen, else remembered, else guessed; and for each field why. Pure. */
export function suggestMapping({ preset, columns, rows, chosen, remembered }: SuggestionInput): Suggestion {
  const guess = guessMapping(preset as 'orders', columns, rows)
  const guessed: TableMapping = {
    fields: Object.fromEntries(Object.entries(guess.fields).map(([field, { column }]) => [field, column])),
    dateOrder: guess.dateOrder,
    ...(guess.decimal === undefined ? {} : { decimal: guess.decimal }),
  }
  const base = chosen ?? remembered ?? guessed
  const mapping: TableMapping = {
    dateOrder: guessed.dateOrder,
    ...base,
    fields: withoutGone(base.fields, columns),
  }
  const fields = tableFields[preset].map((field): FieldPreview => {
    const column = mapping.fields[field] ?? null
    const own = (guess.fields as Record<string, (typeof guess.fields)['order_id']>)[field]
    const isGuess = column !== null && own?.column === column
    return {
      field,
      isRequired: requiredFields[preset].includes(field),
      column,
      why: column === null ? null : isGuess ? own.why : base === remembered ? 'remembered' : 'chosen',
      confidence: isGuess ? own.confidence : null,
    }
  })
  return { mapping, fields }
}

/** A column that this file lacks can't be read from it. */
function withoutGone(fields: Record<string, string>, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, column]) => columns.includes(column)))
}
