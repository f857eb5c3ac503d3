import { findWilsonInterval } from '../../../kernel/stats/wilson.ts'
import { formatDay, localDay } from '../../../kernel/time.ts'
import type { OrderDetail, OrderListItem, OrderSummary, Share } from '../contract.ts'
import type { OrderRow } from './order-table.ts'

/** A line of `listQuery` as the store gives it. */
export type ListRow = {
  id: string
  identity: string | null
  state: OrderListItem['state']
  ending: OrderListItem['ending']
  ordered_at: Date | string
  ordered_on: string
  amount: number | null
  currency: string
  paid_at: Date | string | null
  payment_method: string | null
  region: string | null
  promised_on: string | null
  arrived_on: string | null
  late_days: number | null
  item_count: number
  flag_count: number
  is_overdue: boolean | null
}

export type Persons = ReadonlyMap<string, { id: string; name: string | null }>

export function toListItem(row: ListRow, persons: Persons): OrderListItem {
  return {
    id: row.id,
    state: row.state,
    ending: row.ending,
    orderedAt: toInstant(row.ordered_at),
    orderedOn: row.ordered_on,
    amount: row.amount,
    currency: row.currency,
    paidAt: row.paid_at === null ? null : toInstant(row.paid_at),
    paymentMethod: row.payment_method,
    region: row.region,
    promisedOn: row.promised_on,
    arrivedOn: row.arrived_on,
    lateDays: row.late_days,
    isOverdue: row.is_overdue === true,
    itemCount: row.item_count,
    flagCount: row.flag_count,
    person: findPerson(row.identity, persons),
  }
}

export function toDetail(row: OrderRow, persons: Persons, today: string): OrderDetail | undefined {
  if (row.state === null) return undefined
  const { state, ending, promisedOn, arrivedOn, orderedAt, paidAt } = row
  return {
    id: row.id,
    state,
    ending,
    orderedAt: orderedAt.toISOString(),
    orderedOn: row.orderedOn,
    amount: row.amount,
    currency: row.currency,
    paidAt: paidAt?.toISOString() ?? null,
    paymentMethod: row.paymentMethod,
    region: row.region,
    promisedOn,
    promisedLastOn: row.promisedLastOn,
    arrivedOn,
    lateDays: row.lateDays,
    isOverdue: ending === null && arrivedOn === null && promisedOn !== null && promisedOn < today,
    itemCount: row.items.length,
    flagCount: row.flags.length,
    person: findPerson(row.identity, persons),
    steps: row.steps,
    promises: row.promises,
    payments: row.payments,
    flags: row.flags,
    items: row.items,
    paidAmount: row.paidAmount,
    discount: row.discount,
    shipping: row.shipping,
    tax: row.tax,
    isErased: row.erasedAt !== null,
    extra: row.extra,
  }
}

function findPerson(identity: string | null, persons: Persons): OrderListItem['person'] {
  return identity === null ? null : (persons.get(identity) ?? { id: identity, name: null })
}

function toInstant(value: Date | string): string {
  return new Date(value).toISOString()
}

/** A row of `summaryQuery`; counts come as numbers. */
export type SummaryRow = {
  orders: number
  open: number
  bought_out: number
  ended: number
  refused: number
  returned: number
  judged: number
  late: number
  overdue: number
  median_days: number | null
}

export function toSummary(
  row: SummaryRow,
  byState: { state: string; orders: number }[],
  money: { currency: string; amount: number; bought_out: number; paid: number }[],
  rate: { seen: number; ordered: number } | undefined,
): OrderSummary {
  return {
    orders: row.orders,
    open: row.open,
    byState: Object.fromEntries(byState.map(({ state, orders }) => [state, orders])),
    orderRate: toShare(rate?.ordered ?? 0, rate?.seen ?? 0),
    buyOut: toShare(row.bought_out, row.ended),
    late: toShare(row.late, row.judged),
    refused: row.refused,
    returned: row.returned,
    overdue: row.overdue,
    medianDaysToArrive: row.median_days,
    money: money.map(({ bought_out, ...rest }) => ({ ...rest, boughtOut: bought_out })),
  }
}

/** k of n with its 95 % Wilson interval. */
export function toShare(k: number, n: number): Share {
  const interval = findWilsonInterval(k, n)
  return interval ? { k, n, ...interval } : null
}

/** The calendar day of an instant in a zone, as the API writes days. */
export function dayText(ms: number, zone: string): string {
  return formatDay(localDay(ms, zone))
}
