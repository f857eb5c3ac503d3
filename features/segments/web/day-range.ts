import { formatDay, parseDay } from '../../../kernel/time.ts'

const shift = (day: string, by: number): string => {
  const parsed = parseDay(day)
  return parsed === undefined ? day : formatDay(parsed + by)
}

/** Ranges are half-open; people name the last day that still counts. */
export const lastDayOf = (end: string): string => shift(end, -1)
export const endAfter = (last: string): string => shift(last, 1)
