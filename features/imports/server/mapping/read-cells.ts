import { findCurrency } from '../../../../kernel/currencies.ts'
import { formatDecimal, parseMoney } from '../../../../kernel/money.ts'
import { isBlankTime, parseTime } from '../../../../kernel/parse-time.ts'
import { formatDay, localDay } from '../../../../kernel/time.ts'
import type { TableMapping } from '../../contract.ts'
import { type Cell, type PresetOptions, type RowTrouble, trouble } from '../import-stage.ts'
import { textOf } from '../presets/required-columns.ts'

/** Thrown by a reader inside a row and caught at its end; keeps readers free of a check after every cell. */
export class CellTrouble extends Error {
  readonly trouble: RowTrouble
  constructor(found: RowTrouble) {
    super(found.detail)
    this.trouble = found
  }
}

/** Reads the row that it was last shown, by our field names. One for a whole table: a closure a row would cost more than the reading. */
export interface CellReader {
  take(cells: readonly Cell[]): void
  text(field: string): string
  /** UTC milliseconds; undefined for an empty cell. */
  time(field: string): number | undefined
  /** `YYYY-MM-DD` in the zone of the import. */
  day(field: string): string | undefined
  /** The day of an instant in the zone of the import. */
  dayOf(ms: number): string
  /** The currency of the row. */
  currency(): string
  /** A decimal as Segment writes it; undefined for an empty cell. */
  amount(field: string): string | undefined
}

/** What can't be understood is thrown as `CellTrouble` naming column and value. */
export function createCellReader(
  mapping: TableMapping,
  columns: readonly string[],
  { timeZone, currency: shopCurrency }: PresetOptions,
): CellReader {
  const places = new Map(
    Object.entries(mapping.fields).map(([field, column]) => [field, columns.indexOf(column)]),
  )
  const timeOptions = { zone: timeZone, order: mapping.dateOrder }
  const amountOptions = { decimal: mapping.decimal }
  const defaultCurrency = mapping.currency ?? shopCurrency
  let current: readonly Cell[] = []
  // Column and value as they stand, without words: read in three languages, on screens and in the file of bad rows.
  const refuse = (problem: RowTrouble['problem'], field: string, text: string) =>
    new CellTrouble(trouble(problem, `“${mapping.fields[field]}”: “${text.slice(0, 80)}”`))

  const reader: CellReader = {
    take(cells) {
      current = cells
    },
    text(field) {
      const place = places.get(field)
      return place === undefined || place < 0 ? '' : textOf(current[place])
    },
    time(field) {
      const given = reader.text(field)
      if (given === '') return undefined
      const parsed = parseTime(given, timeOptions)
      if (parsed) return parsed.ms
      if (isBlankTime(given)) return undefined
      throw refuse('bad_time', field, given)
    },
    dayOf: (ms) => formatDay(localDay(ms, timeZone)),
    day(field) {
      const at = reader.time(field)
      return at === undefined ? undefined : reader.dayOf(at)
    },
    currency: () => findCurrency(reader.text('currency')) ?? defaultCurrency,
    amount(field) {
      const given = reader.text(field)
      if (given === '') return undefined
      const currency = reader.currency()
      const parsed = parseMoney(given, currency, amountOptions)
      if (!parsed.ok) throw refuse('bad_amount', field, given)
      return formatDecimal(parsed.minor, currency)
    },
  }
  return reader
}

/** Columns that no field uses, as properties; texts that are plainly numbers become numbers. */
export function createRestReader(mapping: TableMapping, columns: readonly string[]) {
  const used = new Set(Object.values(mapping.fields))
  const rest = columns.flatMap((column, place) =>
    used.has(column) ? [] : [{ name: nameProperty(column), place }],
  )
  return (cells: readonly Cell[]): Record<string, unknown> => {
    const properties: Record<string, unknown> = {}
    for (const { name, place } of rest) {
      const value = readValue(cells[place])
      if (value === undefined) continue
      // What NDJSON holds beyond its first rows' keys comes as one object.
      if (name === '…') Object.assign(properties, value)
      else properties[name] = value
    }
    return properties
  }
}

function nameProperty(column: string): string {
  return column.replace(/^properties\./, '')
}

/** Written as JavaScript writes it, so that nothing is lost: not 007, 1.50, 1e9 or a phone number. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{0,10}[1-9])?$/

function readValue(cell: Cell): unknown {
  if (typeof cell !== 'string') return cell === null ? undefined : cell
  const text = cell.trim()
  if (text === '') return undefined
  return PLAIN_NUMBER.test(text) ? Number(text) : text
}

/** Runs a row's reader; its trouble becomes the answer. */
export function catchTrouble<T>(read: () => T): T | RowTrouble {
  try {
    return read()
  } catch (error) {
    if (error instanceof CellTrouble) return error.trouble
    throw error
  }
}

/** Whose row it is, as Segment's fields; undefined when it says nothing of anybody. */
export function readPerson(row: CellReader): PersonFields | undefined {
  const [userId, anonymousId] = [row.text('user_id'), row.text('anonymous_id')]
  const [email, phone] = [row.text('email'), row.text('phone')]
  if (userId === '' && anonymousId === '' && email === '' && phone === '') return undefined
  const person: PersonFields = {}
  if (userId !== '') person.userId = userId
  if (anonymousId !== '') person.anonymousId = anonymousId
  if (email === '' && phone === '') return person
  const traits: Record<string, string> = {}
  if (email !== '') traits.email = email
  if (phone !== '') traits.phone = phone
  person.context = { traits }
  return person
}

export interface PersonFields {
  userId?: string
  anonymousId?: string
  context?: Record<string, unknown>
}
