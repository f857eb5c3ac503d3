import { toCsvLine } from '../../../kernel/csv.ts'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import { formatDecimal } from '../../../kernel/money.ts'
import type { Deps } from '../../../platform/room.ts'
import type { OrderListItem } from '../contract.ts'
import type { ResolvedFilter } from './order-filter.ts'
import { type ListPosition, listQuery } from './order-query.ts'
import { type ListRow, toListItem } from './order-result.ts'
import type { PeopleLookup } from './people-lookup.ts'

const PAGE = 1_000
/** Spreadsheet programs take a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

const COLUMNS: readonly (readonly [name: string, read: (order: OrderListItem) => string | number | null])[] =
  [
    ['order_id', ({ id }) => id],
    ['ordered_at', ({ orderedAt }) => orderedAt],
    ['ordered_on', ({ orderedOn }) => orderedOn],
    ['state', ({ state }) => state],
    ['ending', ({ ending }) => ending],
    ['amount', ({ amount, currency }) => toDecimal(amount, currency)],
    ['currency', ({ currency }) => currency],
    ['paid_at', ({ paidAt }) => paidAt],
    ['payment_method', ({ paymentMethod }) => paymentMethod],
    ['region', ({ region }) => region],
    ['promised_on', ({ promisedOn }) => promisedOn],
    ['arrived_on', ({ arrivedOn }) => arrivedOn],
    ['late_days', ({ lateDays }) => lateDays],
    ['items', ({ itemCount }) => itemCount],
    ['flags', ({ flagCount }) => flagCount],
    ['person_id', ({ person }) => person?.id ?? null],
    ['person_name', ({ person }) => person?.name ?? null],
  ]

/** The list as CSV, page by page, so that a large shop's export needs no memory. */
export async function* exportOrders(
  deps: Deps,
  people: PeopleLookup,
  filter: ResolvedFilter,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + toCsvLine(COLUMNS.map(([name]) => name))
  let after: ListPosition | undefined
  for (;;) {
    const { rows } = await deps.db.execute<ListRow>(listQuery(filter, after, PAGE))
    const last = rows.at(-1)
    if (!last) return
    const identities = rows.flatMap(({ identity }) => identity ?? [])
    const persons = await people.findPersons(deps.db, filter.shop, identities)
    yield rows.map((row) => toLine(toListItem(row, persons))).join('')
    after = { at: new Date(last.ordered_at).toISOString(), id: last.id }
  }
}

function toLine(order: OrderListItem): string {
  return toCsvLine(COLUMNS.map(([, read]) => read(order)))
}

function toDecimal(minor: number | null, currency: string): string | null {
  if (minor === null) return null
  return findMinorDigits(currency) === undefined ? String(minor) : formatDecimal(minor, currency)
}
