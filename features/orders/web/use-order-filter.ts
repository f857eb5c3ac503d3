import { useNavigate, useSearch } from '@tanstack/react-router'
import { dayOf } from '../../../web/format.ts'
import { useTimeZone } from '../../../web/shop-context.tsx'
import { type OrderFilter, orderStates } from '../contract.ts'

const DAY_MS = 86_400_000

/** Lengths of a period that can be chosen, in days; everything when none is. */
export const periods = [30, 90, 365] as const

/** What the address says; whatever else stands in it is ignored. */
export type OrderSearch = {
  days?: number
  state?: OrderFilter['state']
  delivery?: OrderFilter['delivery']
  payment?: OrderFilter['payment']
  region?: string
  flagged?: boolean
  q?: string
}

/** The filters live in the address, so that a narrowed list can be sent to a colleague. */
export function useOrderFilter() {
  const zone = useTimeZone()
  const navigate = useNavigate()
  const search = readSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const { days, ...rest } = search
  const from = days === undefined ? undefined : dayOf(new Date(Date.now() - (days - 1) * DAY_MS), zone)
  const write = (next: OrderSearch) =>
    void navigate({ to: '.', search: dropEmpty(next) as never, replace: true, resetScroll: false })
  return {
    search,
    filter: { ...rest, from } satisfies OrderFilter,
    active: Object.entries(search).filter(([name]) => name !== 'q').length,
    change: (part: OrderSearch) => write({ ...search, ...part }),
    reset: () => write({ q: search.q }),
  }
}

function readSearch(raw: Record<string, unknown>): OrderSearch {
  const oneOf = <T extends string>(value: unknown, values: readonly T[]) =>
    values.find((item) => item === value)
  return dropEmpty({
    days: periods.find((days) => days === raw.days),
    state: oneOf(raw.state, [...orderStates, 'open'] as const),
    delivery: oneOf(raw.delivery, ['late', 'on_time', 'overdue'] as const),
    payment: oneOf(raw.payment, ['paid', 'unpaid'] as const),
    region: typeof raw.region === 'string' ? raw.region : undefined,
    flagged: raw.flagged === true ? true : undefined,
    // A number in the address is read as one; an order id may well look so.
    q: typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q) : undefined,
  })
}

function dropEmpty(search: OrderSearch): OrderSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))
}
