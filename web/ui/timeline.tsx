import { Button } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf, formatDay, useLocale } from '../format.ts'
import { useTimeZone } from '../shop-context.tsx'
import { ChannelBadge } from './channel-badge.tsx'
import { DateTime } from './date-time.tsx'
import classes from './timeline.module.css'
import type { Tone } from './tone.ts'

export type TimelineEntry = {
  id: string
  /** Milliseconds since 1970. */
  at: number
  icon: ReactNode
  title: ReactNode
  detail?: ReactNode
  channel?: string
  /** How it felt, or whether a standard was kept: bends the path to the good or to the bad side. */
  tone?: Tone
  /** The tone in words, e.g. «обещание не сдержали». A colour is never alone. */
  verdict?: string
  link?: Pick<LinkProps, 'to' | 'params' | 'search'>
}

export type TimelineProps = {
  label: string
  /** Newest first. */
  entries: TimelineEntry[]
  hasMore?: boolean
  isLoadingMore?: boolean
  onMore?: () => void
}

/** Where the path runs, in pixels from the left: coral moments pull it out, green ones push it in. */
const bends: Record<Tone, number> = { lost: 18, quiet: 32, even: 32, won: 46 }

/** The path as it was walked, day by day, newest on top. */
export function Timeline({ label, entries, hasMore, isLoadingMore, onMore }: TimelineProps) {
  const { t } = useTranslation('ui')
  const zone = useTimeZone()
  const locale = useLocale()
  return (
    <section aria-label={label}>
      {groupByDay(entries, zone).map(({ day, items, next }) => (
        <div key={day}>
          <h3 className={classes.day}>{formatDay(day, locale, true)}</h3>
          <ol className={classes.list}>
            {items.map((entry, index) => (
              <Moment key={entry.id} entry={entry} next={items[index + 1] ?? next} />
            ))}
          </ol>
        </div>
      ))}
      {hasMore && (
        <Button variant="default" size="sm" loading={isLoadingMore} onClick={onMore} className={classes.more}>
          {t('timeline.more')}
        </Button>
      )}
    </section>
  )
}

function Moment({ entry, next }: { entry: TimelineEntry; next: TimelineEntry | undefined }) {
  const { tone = 'quiet' } = entry
  const from = bends[tone]
  const to = bends[next?.tone ?? 'quiet']
  return (
    <li className={classes.moment} data-tone={tone}>
      {next && (
        <svg className={classes.path} viewBox="0 0 64 100" preserveAspectRatio="none" aria-hidden="true">
          <path d={`M${from} 0C${from} 50 ${to} 50 ${to} 100`} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
      <span className={classes.stop} style={{ left: from }} aria-hidden="true">
        {entry.icon}
      </span>
      <div className={classes.words}>
        <div className={classes.title}>
          {entry.link ? <Link {...entry.link}>{entry.title}</Link> : entry.title}
          {entry.channel && <ChannelBadge channel={entry.channel} />}
        </div>
        {entry.verdict && <div className={classes.verdict}>{entry.verdict}</div>}
        {entry.detail && <div className={classes.detail}>{entry.detail}</div>}
      </div>
      <div className={classes.time}>
        <DateTime at={entry.at} show="time" />
      </div>
    </li>
  )
}

export type Day = { day: string; items: TimelineEntry[]; next: TimelineEntry | undefined }

/** Entries by calendar day of the zone, in the order given; `next` is the first entry of the day after. */
export function groupByDay(entries: TimelineEntry[], zone: string): Day[] {
  const days: Day[] = []
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
