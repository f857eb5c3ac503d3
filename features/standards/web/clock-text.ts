const DAY_MINUTES = 1_440

/** `09:30` → 570; as an end, midnight is the end of the day. NaN for what is no time. */
export function readMinutes(text: string, isEnd = false): number {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number)
  const total = hours * 60 + minutes
  return isEnd && total === 0 ? DAY_MINUTES : total
}

export function writeMinutes(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`
}

/** Monday to Sunday, short, as the locale writes them. */
export function weekdayNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  // The fifth of January 1970 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(1970, 0, 5 + day)))
}
