import type { PersonHistory } from './person-days.ts'

/** A person as the store tells it; days of marks, contacts and orders may come several times, once for each identity. */
export interface HistoryRow {
  person: string
  /** Whether the outcome came in the period: persons are drawn from both kinds apart. */
  has: 0 | 1
  known: 0 | 1
  channel: string
  phone: 0 | 1
  /** Day, contacts with the touchpoint, with others, marks, their sum. */
  days: [number, number, number, number, number][]
  /** The order's id as a number (0: without one), and its day. */
  orders: [number, number][]
}

/** Joins what several identities of a person did on one day, and takes each order by its first day. */
export function toHistory(row: HistoryRow, chances: { with: number; without: number }): PersonHistory {
  const days = new Map<number, PersonHistory['days'][number]>()
  for (const [day, seen, other, marks, sum] of row.days) {
    const known = days.get(day)
    const before = known ?? { day, seen: 0, other: 0, marks: 0, sum: 0 }
    days.set(day, {
      day,
      seen: before.seen + seen,
      other: before.other + other,
      marks: before.marks + marks,
      sum: before.sum + sum,
    })
  }
  const placed = new Map<number, number>()
  const single = new Set<number>()
  for (const [order, day] of row.orders) {
    if (order === 0) single.add(day)
    else placed.set(order, Math.min(day, placed.get(order) ?? day))
  }
  return {
    weight: 1 / (row.has === 1 ? chances.with : chances.without),
    channel: row.channel,
    isPhone: row.phone === 1,
    days: [...days.values()].sort((a, b) => a.day - b.day),
    orders: [...new Set([...single, ...placed.values()])].sort((a, b) => a - b),
  }
}
