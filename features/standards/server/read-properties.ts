import { hash128 } from '../../../kernel/hash128.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'

/** A JSON object of unknown content. */
export type Values = Record<string, unknown>

export function readProperties(event: FeedEvent): Values {
  try {
    const value: unknown = JSON.parse(event.properties || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
  } catch {
    return {}
  }
}

/** A trimmed text, numbers as their digits; '' for anything else. */
export function readText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' ? value.trim() : ''
}

/** A price above zero, as a number or as a text such as `2 199,90`; undefined for anything else. */
export function readPrice(value: unknown): number | undefined {
  const text = readText(value).replace(/[\s\u00a0\u202f]/g, '')
  const plain = /^\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text
  if (!/^\d+(?:\.\d+)?$/.test(plain)) return undefined
  const price = Number(plain)
  return price > 0 && Number.isFinite(price) ? price : undefined
}

const MAX_SUBJECT = 200

/** An id as part of a key and of a message id; longer ones are named by their hash. */
export function readSubject(id: string): string {
  return id.length <= MAX_SUBJECT ? id : hash128(id)
}
