import { parseMoney } from '../../../kernel/money.ts'

/** A JSON object of unknown content. */
export type Values = Record<string, unknown>

export function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MAX_TEXT = 500

/** A non-empty text; numbers are taken as their digits, since order ids and the like come as either. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim().slice(0, MAX_TEXT)
  return text === '' ? undefined : text
}

/** Major units, as Segment sends them, to minor units. */
export function readAmount(value: unknown, currency: string): number | undefined {
  if (currency === '' || (typeof value !== 'number' && typeof value !== 'string') || value === '')
    return undefined
  const parsed = parseMoney(value, currency.toUpperCase())
  return parsed.ok ? parsed.minor : undefined
}
