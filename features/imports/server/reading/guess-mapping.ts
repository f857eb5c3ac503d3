import { findCurrency } from '../../../../kernel/currencies.ts'
import { normaliseEmail } from '../../../../kernel/email.ts'
import { parseMoney } from '../../../../kernel/money.ts'
import { isBlankTime, parseTime } from '../../../../kernel/parse-time.ts'
import {
  EVENT_FIELDS,
  type EventField,
  type FieldNames,
  ORDER_FIELDS,
  type OrderField,
  type ValueKind,
} from './field-names.ts'

export type MappingTarget = 'orders' | 'events'

/** What a guess rests on: the column's name, its values, or both. */
export type GuessReason = 'name' | 'values' | 'name_and_values'

export interface Guess {
  column: string
  /** 0 to 1. From 0.8 on it may be taken without asking. */
  confidence: number
  why: GuessReason
}

export interface GuessedMapping<Field extends string> {
  fields: Partial<Record<Field, Guess>>
  /** How the dates of the file are to be read, see `parseTime`. */
  dateOrder: 'dmy' | 'mdy'
  /** The decimal mark of its amounts; undefined when each amount shows its own. */
  decimal: '.' | ',' | undefined
}

interface Candidate extends Guess {
  field: string
}

interface CompiledField {
  kind: ValueKind
  names: Array<{ words: readonly string[]; isVague: boolean }>
}

const MIN_CONFIDENCE = 0.5
const MAX_SAMPLES = 200
/** Values so plain to tell that a column needs no name for them. */
const TELLING: readonly ValueKind[] = ['email']

const COMPILED = { orders: compile(ORDER_FIELDS), events: compile(EVENT_FIELDS) }

const MATCHES: Record<ValueKind, (value: string) => boolean> = {
  id: (value) => /^\S{1,128}$/.test(value) && /\d/.test(value) && normaliseEmail(value) === undefined,
  email: (value) => normaliseEmail(value) !== undefined,
  phone: (value) => /^\+?[\d\s().-]{7,24}$/.test(value) && value.replace(/\D/g, '').length >= 7,
  time: (value) => [findTime(value, 'dmy'), findTime(value, 'mdy')].some((time) => time !== undefined),
  amount: (value) => {
    const parsed = parseMoney(value, 'UAH')
    return parsed.ok || parsed.problem === 'ambiguous' || parsed.problem === 'other_currency'
  },
  currency: (value) => findCurrency(value) !== undefined,
  url: (value) => /^(?:https?:\/\/|\/|www\.|android-app:)/i.test(value),
  word: (value) => value.length <= 80 && findTime(value, 'dmy') === undefined,
  any: () => true,
}

/**
 * Which column holds which field, from the columns' names in three languages and some rows of values. Each
 * column serves at most one field, the surest first; a name whose values look otherwise is no guess.
 */
export function guessMapping(
  target: 'orders',
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): GuessedMapping<OrderField>
export function guessMapping(
  target: 'events',
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): GuessedMapping<EventField>
export function guessMapping(
  target: MappingTarget,
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
): GuessedMapping<string> {
  const compiled = COMPILED[target]
  const values = columns.map((_, index) => readValues(rows, index))
  const candidates = columns.flatMap((column, index) =>
    [...compiled].flatMap(([field, one]) => {
      const guess = weigh(column, values[index] ?? [], one)
      return guess && guess.confidence >= MIN_CONFIDENCE ? [{ ...guess, field }] : []
    }),
  )
  const fields = choose(candidates)
  const valuesOf = (kind: ValueKind) =>
    Object.entries(fields).flatMap(([field, guess]) =>
      compiled.get(field)?.kind === kind && guess ? (values[columns.indexOf(guess.column)] ?? []) : [],
    )
  return { fields, dateOrder: findDateOrder(valuesOf('time')), decimal: findDecimalMark(valuesOf('amount')) }
}

/** Month first only where some date can't be read otherwise and none speaks for day first. */
export function findDateOrder(values: readonly string[]): 'dmy' | 'mdy' {
  const isOnly = (order: 'dmy' | 'mdy', other: 'dmy' | 'mdy') =>
    values.some((value) => findTime(value, order) !== undefined && findTime(value, other) === undefined)
  return isOnly('mdy', 'dmy') && !isOnly('dmy', 'mdy') ? 'mdy' : 'dmy'
}

/** The mark that all amounts which show one agree on. */
export function findDecimalMark(values: readonly string[]): '.' | ',' | undefined {
  const shows = (mark: string) =>
    values.some((value) => new RegExp(`\\${mark}\\d{1,2}(?!\\d)(?![.,])`).test(value))
  const [point, comma] = [shows('.'), shows(',')]
  if (point === comma) return undefined
  return point ? '.' : ','
}

function weigh(column: string, values: readonly string[], field: CompiledField): Guess | undefined {
  const { share, isVague } = matchName(column, field)
  const fits = values.length === 0 ? undefined : countShare(values, MATCHES[field.kind])
  if (share === 0) {
    const isTold = TELLING.includes(field.kind) && fits !== undefined && fits >= 0.9
    return isTold ? { column, confidence: 0.6, why: 'values' } : undefined
  }
  if (fits === undefined) return { column, confidence: round(share * (isVague ? 0.5 : 0.85)), why: 'name' }
  if (fits < 0.5) return undefined
  const base = isVague ? 0.65 : 1
  return { column, confidence: round(share * base * (0.6 + 0.4 * fits)), why: 'name_and_values' }
}

/** How well the words of a column's name are covered by the best of a field's names. */
function matchName(column: string, field: CompiledField): { share: number; isVague: boolean } {
  const words = splitWords(column)
  let best = { share: 0, isVague: true }
  for (const { words: name, isVague } of field.names) {
    if (!name.every((word) => words.includes(word))) continue
    const isWhole = name.length === words.length
    if (isVague && !isWhole) continue
    const share = isWhole ? 1 : (name.length / words.length) ** 0.7 * 0.85
    if (share > best.share) best = { share, isVague }
  }
  return best
}

function choose(candidates: readonly Candidate[]): Record<string, Guess> {
  const fields: Record<string, Guess> = {}
  const taken = new Set<string>()
  for (const { field, ...guess } of [...candidates].sort((a, b) => b.confidence - a.confidence)) {
    if (fields[field] || taken.has(guess.column)) continue
    fields[field] = guess
    taken.add(guess.column)
  }
  return fields
}

function readValues(rows: ReadonlyArray<readonly string[]>, index: number): string[] {
  return rows
    .slice(0, MAX_SAMPLES)
    .map((row) => (row[index] ?? '').trim())
    .filter((value) => value !== '' && !isBlankTime(value))
}

function countShare(values: readonly string[], matches: (value: string) => boolean): number {
  return values.filter(matches).length / values.length
}

function findTime(value: string, order: 'dmy' | 'mdy'): number | undefined {
  return parseTime(value, { zone: 'UTC', order })?.ms
}

/** `billingState`, `Billing_State` and `№ заказа` as lower-case words. */
function splitWords(name: string): string[] {
  return name
    .replaceAll('№', ' номер ')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .split(/[^\p{L}\p{N}'’]+/u)
    .filter((word) => word !== '')
}

function compile(fields: Record<string, FieldNames>): Map<string, CompiledField> {
  return new Map(
    Object.entries(fields).map(([field, { kind, names }]) => [
      field,
      {
        kind,
        names: names.split(',').map((name) => ({
          words: splitWords(name),
          isVague: name.trim().startsWith('~'),
        })),
      },
    ]),
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
