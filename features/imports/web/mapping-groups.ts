import type { FieldPreview } from '../contract.ts'

/** The fields of a table in the order in which an owner thinks of them. */
const GROUPS = {
  what: ['order_id', 'name', 'placed_at', 'time', 'state', 'value', 'currency', 'message_id'],
  who: ['user_id', 'email', 'phone', 'anonymous_id'],
  steps: [
    'confirmed_at',
    'paid_at',
    'packed_at',
    'shipped_at',
    'arrived_at',
    'received_at',
    'refused_at',
    'returned_at',
    'cancelled_at',
    'promised_date',
  ],
} as const
export type GroupKey = keyof typeof GROUPS | 'more'

export interface FieldGroup {
  key: GroupKey
  /** Shown at once: found in the file, or needed. */
  shown: FieldPreview[]
  /** Not found and not needed: one click away. */
  folded: FieldPreview[]
}

/** Fields by group. A field counts as found while it has a column in `fields`, whatever the server guessed. */
export function groupFields(fields: readonly FieldPreview[], mapped: Readonly<Record<string, string>>) {
  const places: Map<string, GroupKey> = new Map(
    Object.entries(GROUPS).flatMap(([key, names]) => names.map((name) => [name, key as GroupKey] as const)),
  )
  return (['what', 'who', 'steps', 'more'] as const)
    .map((key): FieldGroup => {
      const own = sortAs(
        key === 'more' ? [] : GROUPS[key],
        fields.filter(({ field }) => (places.get(field) ?? 'more') === key),
      )
      const isShown = ({ field, isRequired, column }: FieldPreview) =>
        isRequired || mapped[field] !== undefined || column !== null
      return { key, shown: own.filter(isShown), folded: own.filter((field) => !isShown(field)) }
    })
    .filter(({ shown, folded }) => shown.length + folded.length > 0)
}

function sortAs(names: readonly string[], fields: FieldPreview[]): FieldPreview[] {
  return [...fields].sort((a, b) => names.indexOf(a.field) - names.indexOf(b.field))
}

/** Columns of the file that no field takes. */
export function listUnused(columns: readonly string[], mapped: Readonly<Record<string, string>>): string[] {
  const taken = new Set(Object.values(mapped))
  return columns.filter((column) => !taken.has(column))
}
