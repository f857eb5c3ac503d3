import { parseTime } from '../../../../kernel/parse-time.ts'
import { DAY_MS, type Day, findDay } from '../../../../kernel/time.ts'

const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})$/
const NAMED_MONTH = /^([a-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})$/i
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

export type DateOrder = 'dmy' | 'mdy'

/** How 03/04/2026 is meant in a column, by those of its days that can be read one way only. */
export function findDateOrder(texts: readonly string[]): DateOrder | 'ambiguous' {
  let isSlashed = false
  for (const text of texts) {
    const match = SLASHED.exec(text.trim())
    if (!match) continue
    isSlashed = true
    if (Number(match[1]) > 12) return 'dmy'
    if (Number(match[2]) > 12) return 'mdy'
  }
  return isSlashed ? 'ambiguous' : 'dmy'
}

/** The calendar day that a cell names; a week, a month or an hour of the day is none. */
export function readDayCell(text: string, order: DateOrder): Day | undefined {
  const trimmed = text.trim()
  const named = NAMED_MONTH.exec(trimmed)
  if (named) {
    const month = MONTHS.indexOf((named[1] as string).toLowerCase()) + 1
    return month === 0 ? undefined : findDay(Number(named[3]), month, Number(named[2]))
  }
  // A bare number of ten digits would be taken for a moment.
  if (/^\d+$/.test(trimmed) && trimmed.length !== 8) return undefined
  const parsed = parseTime(trimmed, { zone: 'UTC', order: SLASHED.test(trimmed) ? order : 'dmy' })
  return parsed && parsed.ms % DAY_MS === 0 ? parsed.ms / DAY_MS : undefined
}

const DECIMALS = /([.,])\d{1,2}\D*$/
const THOUSAND = /^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/

/**
 * The decimal mark of a column of amounts: what stands before one or two last digits. `1,234` alone may be a thousand
 * or one and a bit; a column in which nothing tells is ambiguous.
 */
export function findDecimalMark(texts: readonly string[]): '.' | ',' | 'ambiguous' | undefined {
  const marks = new Set(texts.map((text) => DECIMALS.exec(text.trim())?.[1]))
  marks.delete(undefined)
  if (marks.size === 1) return [...marks][0] as '.' | ','
  // Both marks: each text is looked at by itself, and those that could be either are refused one by one.
  if (marks.size > 1) return undefined
  return texts.some((text) => THOUSAND.test(text.trim())) ? 'ambiguous' : undefined
}

/** Nothing was spent or shown: empty, or a dash as ad exports write it. */
export const isBlank = (text: string) => /^[\s\-–—]*$/.test(text)

/** A whole number with or without marks between thousands; undefined for anything else, null for none. */
export function readCount(text: string): number | null | undefined {
  if (isBlank(text)) return null
  const digits = text.trim().replace(/(?<=\d)[\s\u00a0\u202f.,’'](?=\d{3}(?!\d))/g, '')
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
}
