import { type DateStyle, formatDay, formatInstant, formatRelative, useLocale } from '../format.ts'
import { useTimeZone } from '../shop-context.tsx'
import { useNow } from './use-now.ts'

/** An instant: ISO text, or milliseconds since 1970. */
export type Instant = string | number | Date

type DateTimeProps = { at: Instant | null | undefined; show?: 'relative' | DateStyle }

/** A moment by the shop's clock: in words ("2 hours ago") or exactly; the full time is in the tooltip. */
export function DateTime({ at, show = 'relative' }: DateTimeProps) {
  const locale = useLocale()
  const zone = useTimeZone()
  const now = useNow()
  if (at === null || at === undefined) return <span data-quiet>–</span>
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span data-quiet>{String(at)}</span>
  const text =
    show === 'relative' ? formatRelative(date, now, locale, zone) : formatInstant(date, locale, zone, show)
  return (
    <time className="num" dateTime={date.toISOString()} title={formatInstant(date, locale, zone, 'full')}>
      {text}
    </time>
  )
}

/** A calendar day `YYYY-MM-DD`, the same in every zone: a promised date, the day of arrival. */
export function DayText({ day, withWeekday }: { day: string | null | undefined; withWeekday?: boolean }) {
  const locale = useLocale()
  if (!day) return <span data-quiet>–</span>
  return (
    <time className="num" dateTime={day}>
      {formatDay(day, locale, withWeekday)}
    </time>
  )
}
