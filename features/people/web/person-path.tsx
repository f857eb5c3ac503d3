import { Chip, Select } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Timeline, type TimelineEntry } from '../../../web/ui/timeline.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { PathItem, PersonDetail } from '../contract.ts'
import { momentIcon } from './moment-icon.tsx'
import { type MomentWords, useMomentWords } from './moment-words.ts'
import classes from './person-path.module.css'
import { VisitSteps } from './visit-steps.tsx'

const parts = ['visits', 'events', 'orders', 'who'] as const
type Part = (typeof parts)[number]
type Shown = { part: Part | 'all'; channel?: string }

/** The path of a person through all rooms, day by day, newest first. */
export function PersonPath({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const shop = useShop()
  const [shown, setShown] = useState<Shown>({ part: 'all' })
  const list = useCursorList<PathItem>(`/shops/${shop.id}/people/${person.id}/path`, {
    show: shown.part === 'all' ? undefined : shown.part,
    channel: shown.channel,
  })
  const toEntry = useEntry(person.id)
  // Between the moments of a part alone, much may have happened.
  const isWhole = shown.part === 'all' && shown.channel === undefined
  const noteOfDay = (day: string, older: string) => {
    const count = daysBetween(older, day)
    return count >= PAUSE_DAYS ? t('path.pause', { count }) : undefined
  }
  return (
    <Section title={t('one.path')} hint={t('one.pathHint')}>
      <PathFilter
        shown={shown}
        onChange={setShown}
        channels={person.channels.map(({ channel }) => channel)}
      />
      {list.status === 'failed' && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.status === 'loading' && <div className={classes.loading} aria-busy="true" />}
      {list.status === 'ready' && list.items.length === 0 && (
        <EmptyState icon={<IconRoute />} title={t('path.none')}>
          {t('path.noneWhy')}
        </EmptyState>
      )}
      <div className={classes.path} data-outdated={list.isOutdated || undefined}>
        <Timeline
          label={t('one.pathByDay')}
          noteOfDay={isWhole ? noteOfDay : undefined}
          entries={list.items.map(toEntry)}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          onMore={list.loadMore}
        />
      </div>
      <FormError error={list.moreError} />
    </Section>
  )
}

type PathFilterProps = { shown: Shown; onChange: (shown: Shown) => void; channels: string[] }

function PathFilter({ shown, onChange, channels }: PathFilterProps) {
  const { t } = useTranslation('people')
  const { t: tChannel, i18n } = useTranslation('channels')
  const nameOf = (channel: string) => (i18n.exists(`channels:${channel}`) ? tChannel(channel) : channel)
  return (
    <search className={classes.filter}>
      <Chip.Group value={shown.part} onChange={(part) => onChange({ ...shown, part: part as Shown['part'] })}>
        <div role="radiogroup" aria-label={t('show.label')} className={classes.chips}>
          {(['all', ...parts] as const).map((part) => (
            <Chip key={part} value={part} size="sm" variant="light">
              {t(`show.${part}`)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      {channels.length > 1 && (
        <Select
          aria-label={t('show.channel')}
          placeholder={t('show.channel')}
          size="sm"
          w={190}
          clearable
          data={channels.filter(Boolean).map((channel) => ({ value: channel, label: nameOf(channel) }))}
          value={shown.channel ?? null}
          onChange={(channel) => onChange({ ...shown, channel: channel ?? undefined })}
        />
      )}
    </search>
  )
}

const DAY_MS = 86_400_000
/** A pause that is worth a word. */
const PAUSE_DAYS = 5

const daysBetween = (older: string, day: string) => (Date.parse(day) - Date.parse(older)) / DAY_MS

/** A visit is on the site anyway, and that a channel is unknown is no news. */
const silentChannels = new Set(['site', 'unknown'])

function useEntry(person: string): (item: PathItem) => TimelineEntry {
  const shop = useShop()
  const wordsOf = useMomentWords()
  return (item) => {
    const words = wordsOf(item)
    return {
      id: `${item.room} ${item.kind} ${item.at} ${item.ref ?? ''}`,
      at: Date.parse(item.at),
      icon: momentIcon(item),
      title: words.title,
      detail: <Detail words={words} item={item} person={person} />,
      channel: item.channel && !silentChannels.has(item.channel) ? item.channel : undefined,
      tone: item.tone,
      verdict: words.verdict,
      // A room gives the address itself, which the router's types can't know.
      link: item.link === undefined ? undefined : { to: `/s/${shop.id}/${item.link}` as '/' },
    }
  }
}

function Detail({ words, item, person }: { words: MomentWords; item: PathItem; person: string }) {
  return (
    <>
      {words.quote && <blockquote className={classes.quote}>{words.quote}</blockquote>}
      {words.detail.length > 0 && <span>{words.detail.join(' · ')}</span>}
      {item.kind === 'timeline.visit' && <VisitSteps person={person} item={item} />}
    </>
  )
}
