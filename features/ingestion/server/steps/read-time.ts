import { parseTime } from '../../../../kernel/parse-time.ts'

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/
/** `Tue, 22 Nov 2026 10:00:00 GMT`, as HTTP and mail write it (RFC 9110, section 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Below this a number counts seconds: as milliseconds it would be before March 1973, as seconds it reaches the year 5138. */
const SECONDS_BELOW = 100_000_000_000

/** ms since 1970 of a time that a client sent; undefined when it is none. A text without a zone is read as UTC. */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return readNumber(value)
  if (typeof value !== 'string' || value.length > 48) return undefined
  if (ISO.test(value)) return readIso(value)
  const text = value.trim()
  if (/^-?\d+(?:\.\d+)?$/.test(text) && !/^\d{8}$|^\d{14}$/.test(text)) return readNumber(Number(text))
  if (HTTP_DATE.test(text)) return known(Date.parse(text))
  return parseTime(text, { zone: 'UTC' })?.ms
}

/** The engine takes the 30th of February for the 2nd of March; only days that the calendar has are times. */
function readIso(text: string): number | undefined {
  const ms = known(Date.parse(text))
  const date = text.slice(8, 10)
  if (ms === undefined || date <= '28') return ms
  const noon = new Date(`${text.slice(0, 10)}T12:00:00Z`)
  return noon.getUTCDate() === Number(date) ? ms : undefined
}

function readNumber(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined
  return Math.round(Math.abs(value) < SECONDS_BELOW ? value * 1000 : value)
}

function known(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms
}
