/** The columns of the history that a filter may name, by what their values are. */
const COLUMNS = {
  kind: 'text',
  name: 'text',
  message_id: 'text',
  identity_kind: 'text',
  anonymous_id: 'text',
  user_id: 'text',
  session_id: 'text',
  url: 'text',
  path: 'text',
  referrer: 'text',
  utm_source: 'text',
  utm_medium: 'text',
  utm_campaign: 'text',
  utm_content: 'text',
  utm_term: 'text',
  click_id: 'text',
  order_id: 'text',
  currency: 'text',
  channel: 'text',
  arrival: 'text',
  touchpoint: 'text',
  stage: 'text',
  measure: 'text',
  source: 'number',
  amount: 'number',
  valence: 'number',
  measured: 'number',
  ts: 'time',
  sent_ts: 'time',
  received_at: 'time',
  marks: 'list',
} as const

type Column = keyof typeof COLUMNS
type ColumnOf<Kind extends string> = { [C in Column]: (typeof COLUMNS)[C] extends Kind ? C : never }[Column]
export type TextColumn = ColumnOf<'text'>
export type NumberColumn = ColumnOf<'number'>
export type TimeColumn = ColumnOf<'time'>
export type ListColumn = ColumnOf<'list'>
export type JsonColumn = 'properties' | 'traits' | 'context'

/** What a filter is asked about: an event as it is stored. Times in milliseconds, JSON as text. */
export type FilterableEvent = Record<TextColumn | JsonColumn, string> &
  Record<TimeColumn, number> &
  Record<NumberColumn, number | null> &
  Record<ListColumn, readonly string[]>

export type JsonField = { kind: 'json'; column: JsonColumn; path: readonly string[] }

export type Field =
  | { kind: 'text'; column: TextColumn }
  | { kind: 'number'; column: NumberColumn }
  | { kind: 'time'; column: TimeColumn }
  | { kind: 'list'; column: ListColumn }
  | JsonField

const JSON_COLUMNS: readonly string[] = ['properties', 'traits', 'context']
const MAX_PATH = 8
const MAX_KEY = 100

export const FIELD_NAMES: readonly string[] = Object.keys(COLUMNS)

/** The field that a name means; a sentence saying what is wrong with it otherwise. */
export function readField(name: string): Field | string {
  if (Object.hasOwn(COLUMNS, name)) {
    const column = name as Column
    return { kind: COLUMNS[column], column } as Field
  }
  const [column = '', ...path] = splitPath(name)
  if (!JSON_COLUMNS.includes(column)) {
    return `“${name}” is no field. Use a column (${FIELD_NAMES.slice(0, 3).join(', ')}, …) or a path such as properties.total.`
  }
  if (path.length === 0) return `“${name}” is an object. Name a key in it, such as ${name}.total.`
  if (path.length > MAX_PATH) return `The path has ${path.length} keys; at most ${MAX_PATH} are possible.`
  if (path.some((key) => key === '' || key.length > MAX_KEY)) {
    return `Each key of a path needs 1 to ${MAX_KEY} characters; write a dot inside a key as \\.`
  }
  return { kind: 'json', column: column as JsonColumn, path }
}

/** Cuts at dots that no backslash stands before. */
function splitPath(name: string): string[] {
  return name.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'))
}
