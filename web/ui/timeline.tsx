import { Button } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { formatDay, useLocale } from '../format.ts'
import { useTimeZone } from '../shop-context.tsx'
import { useTranslation } from '../use-translation.ts'
import { ChannelBadge } from './channel-badge.tsx'
import { DateTime } from './date-time.tsx'
import { groupByDay } from './group-by-day.ts'
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
  /** A quiet remark beside a day, e.g. how long nothing had happened; `older` is the day shown below it. */
  noteOfDay?: (day: string, older: string) => string | undefined
}

/** Where the path runs, in pixels from the left: coral moments pull it out, green ones push it in. */
const bends: Record<Tone, number> = { lost: 18, quiet: 42, even: 42, won: 66 }

const colours: Record<Tone, string> = {
  lost: 'var(--lost)',
  quiet: 'var(--edge)',
  even: 'var(--even)',
  won: 'var(--won)',
}

/** The path as it was walked, day by day, newest on top. */
export function Timeline({ label, entries, hasMore, isLoadingMore, onMore, noteOfDay }: TimelineProps) {
  const { t } = useTranslation('ui')
  const zone = useTimeZone()
  const locale = useLocale()
  const days = groupByDay(entries, zone)
  const noteOf = (day: string, older: string | undefined) => older && noteOfDay?.(day, older)
  return (
    <section aria-label={label}>
      {days.map(({ day, items, next }, index) => (
        <div key={day}>
          <h3 className={classes.day}>{formatDay(day, locale, true)}</h3>
          <span className={classes.note}>{noteOf(day, days[index + 1]?.day)}</span>
          <ol className={classes.list}>
            {items.map((entry, place) => (
              <Moment key={entry.id} entry={entry} next={items[place + 1] ?? next} />
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
  return (
    <li className={classes.moment} data-tone={tone}>
      {next && <Stretch from={tone} to={next.tone ?? 'quiet'} />}
      <span className={classes.stop} style={{ left: bends[tone] }} aria-hidden="true">
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

/** The path from this stop to the next: as high as the entry, whatever that is, and coloured from tone to tone. */
function Stretch({ from, to }: { from: Tone; to: Tone }) {
  const id = useId()
  const [x, end] = [bends[from], bends[to]]
  return (
    <svg className={classes.path} viewBox="0 0 84 100" preserveAspectRatio="none" aria-hidden="true">
      <linearGradient id={id} gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="15" y2="85">
        <stop style={{ stopColor: colours[from] }} />
        <stop offset="1" style={{ stopColor: colours[to] }} />
      </linearGradient>
      <path
        d={`M${x} 0C${x} 50 ${end} 50 ${end} 100`}
        stroke={`url(#${id})`}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
