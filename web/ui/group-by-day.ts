import { dayOf } from '../format.ts'

export type Day<Entry> = { day: string; items: Entry[]; next: Entry | undefined }

/** Entries by calendar day of the zone, in the order given; `next` is the first entry of the day after. */
export function groupByDay<Entry extends { at: number }>(
  entries: readonly Entry[],
  zone: string,
): Day<Entry>[] {
  const days: Day<Entry>[] = []
  for (const entry of entries) {
    const day = dayOf(new Date(entry.at), zone)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(entry)
    else {
      if (last) last.next = entry
      days.push({ day, items: [entry], next: undefined })
    }
  }
  return days
}
