import type { JsonField, ListColumn, NumberColumn, TextColumn, TimeColumn } from './fields.ts'

export type TextOperand = { kind: 'text'; column: TextColumn } | JsonField
export type NumberOperand = { kind: 'number'; column: NumberColumn } | JsonField
export type ListOperand = { kind: 'list'; column: ListColumn } | JsonField

export type TextTest =
  | { how: 'one_of'; values: readonly string[] }
  | { how: 'contains' | 'starts_with' | 'ends_with' | 'matches'; value: string }

export interface NumberBound {
  how: '<' | '<=' | '>' | '>='
  value: number
}

/**
 * A filter whose meaning is settled: names resolved, values typed, every operator brought down to one of a few
 * tests. The two back-ends know only these, so there is little in which they could differ.
 */
export type CheckedFilter =
  | { type: 'all' | 'any'; parts: readonly CheckedFilter[] }
  | { type: 'not'; part: CheckedFilter }
  | { type: 'text'; of: TextOperand; test: TextTest; ignoreCase: boolean }
  | { type: 'number_in'; of: NumberOperand; values: readonly number[] }
  | { type: 'number_bounds'; of: NumberOperand; bounds: readonly NumberBound[] }
  | { type: 'boolean'; of: JsonField; value: boolean }
  /** From `from` on, and before `to`, in milliseconds; either may be open. */
  | { type: 'time'; column: TimeColumn; from?: number; to?: number }
  | { type: 'has_text'; of: ListOperand; value: string; ignoreCase: boolean }
  | { type: 'has_number'; of: JsonField; value: number }
  | { type: 'exists'; of: TextOperand | NumberOperand | ListOperand }
