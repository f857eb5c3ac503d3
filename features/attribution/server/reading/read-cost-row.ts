import { isChannel } from '../../../../kernel/channels.ts'
import { findCurrency } from '../../../../kernel/currencies.ts'
import { parseMoney } from '../../../../kernel/money.ts'
import { cleanText, cutText } from '../../../../kernel/text.ts'
import { formatDay } from '../../../../kernel/time.ts'
import { type DateOrder, isBlank, readCount, readDayCell } from './cost-cells.ts'
import type { CostColumns, CostField } from './cost-columns.ts'

/** What was spent on a campaign on a day. Words are in lower case, '' where the file says nothing. */
export interface CostRow {
  /** `YYYY-MM-DD` as the ad system's calendar has it. */
  day: string
  channel: string
  source: string
  medium: string
  campaign: string
  /** Minor units of the shop's currency. */
  amount: number
  impressions: number | null
  clicks: number | null
}

export type BadReason =
  | 'no_day'
  | 'bad_day'
  | 'future_day'
  | 'several_days'
  | 'bad_amount'
  | 'negative'
  | 'other_currency'
  | 'bad_count'
  | 'unknown_channel'

export interface RowContext {
  places: CostColumns['places']
  /** The currency that the head of the amounts names. */
  unit: string | undefined
  currency: string
  today: number
  order: DateOrder
  decimal: '.' | ',' | undefined
  source: string
  medium: string
}

type Trouble = { reason: BadReason; detail: string }

const FIRST_DAY = Date.UTC(2000, 0, 1) / 86_400_000
const MAX_WORD = 255
const SHOWN = 80

/** A row of a table of costs, or what is wrong with it and the cell that says so. */
export function readCostRow(cells: readonly string[], context: RowContext): CostRow | Trouble {
  const cell = (field: CostField) => (cells[context.places[field] ?? -1] ?? '').trim()
  const day = readDay(cell, context)
  if (typeof day !== 'number') return day
  const amount = readAmount(cell, context)
  if (typeof amount !== 'number') return amount
  const counts = { impressions: readCount(cell('impressions')), clicks: readCount(cell('clicks')) }
  for (const [field, count] of Object.entries(counts))
    if (count === undefined) return refuse('bad_count', cell(field as CostField))
  const channel = cell('channel').toLowerCase()
  if (channel !== '' && !isChannel(channel)) return refuse('unknown_channel', cell('channel'))
  const word = (text: string) => cutText(cleanText(text).toLowerCase(), MAX_WORD)
  return {
    day: formatDay(day),
    channel,
    source: word(cell('source') || (channel === '' ? context.source : '')),
    medium: word(cell('medium') || (channel === '' && cell('source') === '' ? context.medium : '')),
    campaign: isBlank(cell('campaign')) ? '' : word(cell('campaign')),
    amount,
    impressions: counts.impressions ?? null,
    clicks: counts.clicks ?? null,
  }
}

const refuse = (reason: BadReason, text: string): Trouble => ({ reason, detail: text.slice(0, SHOWN) })

type Cell = (field: CostField) => string

function readDay(cell: Cell, { places, order, today }: RowContext): number | Trouble {
  const [since, until] = [cell('since'), cell('until')]
  if (since !== until && places.since !== undefined && places.until !== undefined)
    return refuse('several_days', `${since} – ${until}`)
  const text = cell('day') || since
  if (text === '') return refuse('no_day', text)
  const day = readDayCell(text, order)
  if (day === undefined || day < FIRST_DAY) return refuse('bad_day', text)
  return day > today ? refuse('future_day', text) : day
}

function readAmount(cell: Cell, { unit, currency, decimal }: RowContext): number | Trouble {
  const named = cell('currency')
  const own = named === '' ? (unit ?? currency) : findCurrency(named)
  if (own !== currency) return refuse('other_currency', named || (unit ?? ''))
  const text = cell('amount')
  if (isBlank(text)) return 0
  const parsed = parseMoney(text, currency, { decimal })
  if (!parsed.ok) return refuse(parsed.problem === 'other_currency' ? 'other_currency' : 'bad_amount', text)
  return parsed.minor < 0 ? refuse('negative', text) : parsed.minor
}
