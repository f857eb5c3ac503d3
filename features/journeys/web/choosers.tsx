import { Button, Menu } from '@mantine/core'
import { IconCalendar, IconChevronDown, IconGitCompare, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KEYS } from '../../../kernel/channels.ts'
import { formatDay, useLocale } from '../../../web/format.ts'
import { SEGMENTS } from '../segments.ts'
import { DEFAULT_PERIOD, type MapSearch, PERIOD_DAYS, PERIOD_MONTHS } from './map-search.ts'
import type { MapView } from './map-view.ts'
import { RangeForm } from './range-form.tsx'

/** Whose path, when, and compared with what. */
export function Choosers({ view }: { view: MapView }) {
  return (
    <>
      <SegmentChooser view={view} />
      <PeriodChooser view={view} />
      <CompareChooser view={view} />
    </>
  )
}

type ChooserProps = {
  label: string
  value: string
  icon: ReactNode
  isOpen?: boolean
  onOpen?: (isOpen: boolean) => void
  children: ReactNode
}

function Chooser({ label, value, icon, isOpen, onOpen, children }: ChooserProps) {
  return (
    <Menu position="bottom-end" width={280} opened={isOpen} onChange={onOpen}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={2} />}
          aria-label={`${label}: ${value}`}
        >
          {value}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="min(70dvh, 520px)" style={{ overflowY: 'auto' }}>
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}

function Choice({
  isChosen,
  onChoose,
  children,
}: {
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <Menu.Item aria-current={isChosen || undefined} fw={isChosen ? 620 : undefined} onClick={onChoose}>
      {children}
    </Menu.Item>
  )
}

/** «90 дней», «Этот месяц», or the days of an own range. */
export function usePeriodName(): (search: MapSearch) => string {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  return ({ from, to, period = DEFAULT_PERIOD }) => {
    if (from && to) return `${formatDay(from, locale)} – ${formatDay(to, locale)}`
    return typeof period === 'number' ? t('period.days', { count: period }) : t(`period.${period}`)
  }
}

export function PeriodChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const [isOpen, setOpen] = useState(false)
  const nameOf = usePeriodName()
  const { search, change } = view
  const chosen = search.from ? undefined : (search.period ?? DEFAULT_PERIOD)
  return (
    <Chooser
      label={t('period.label')}
      value={nameOf(search)}
      icon={<IconCalendar size={16} stroke={1.7} />}
      isOpen={isOpen}
      onOpen={setOpen}
    >
      {[...PERIOD_DAYS, ...PERIOD_MONTHS].map((period) => (
        <Choice
          key={period}
          isChosen={chosen === period}
          onChoose={() => change({ period, from: undefined, to: undefined })}
        >
          {nameOf({ period })}
        </Choice>
      ))}
      <Menu.Divider />
      <RangeForm
        search={search}
        onChoose={(range) => {
          setOpen(false)
          change({ ...range, period: undefined })
        }}
      />
    </Chooser>
  )
}

/** Ways to come to the shop by which persons may be told apart; others say how they talk with it. */
const ARRIVALS = CHANNEL_KEYS.slice(0, CHANNEL_KEYS.indexOf('site'))

export function SegmentChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const { search, change, names } = view
  const chosen = search.segment ?? 'all'
  const choose = (segment: string) => change({ segment: segment === 'all' ? undefined : segment })
  return (
    <Chooser
      label={t('segment.label')}
      value={names.segment(chosen)}
      icon={<IconUsers size={16} stroke={1.7} />}
    >
      <SegmentChoices chosen={chosen} choose={choose} view={view} />
    </Chooser>
  )
}

function SegmentChoices({
  chosen,
  choose,
  view,
}: {
  chosen: string | undefined
  choose: (segment: string) => void
  view: MapView
}) {
  const { t } = useTranslation('journeys')
  const item = (segment: string) => (
    <Choice key={segment} isChosen={segment === chosen} onChoose={() => choose(segment)}>
      {view.names.segment(segment)}
    </Choice>
  )
  return (
    <>
      {SEGMENTS.map(item)}
      <Menu.Divider />
      <Menu.Label>{t('segment.byChannel')}</Menu.Label>
      {ARRIVALS.map((channel) => item(`first_channel:${channel}`))}
    </>
  )
}

function CompareChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const { search, change, names } = view
  const { compare } = search
  const segment = compare?.startsWith('segment:') ? compare.slice('segment:'.length) : undefined
  const value = segment
    ? t('compare.with', { segment: names.segment(segment) })
    : t(compare === 'previous' ? 'journeys:compare.previous' : 'journeys:compare.none')
  return (
    <Chooser label={t('compare.label')} value={value} icon={<IconGitCompare size={16} stroke={1.7} />}>
      <Choice isChosen={!compare} onChoose={() => change({ compare: undefined })}>
        {t('compare.none')}
      </Choice>
      <Choice isChosen={compare === 'previous'} onChoose={() => change({ compare: 'previous' })}>
        {t('compare.previous')}
      </Choice>
      <Menu.Divider />
      <Menu.Label>{t('compare.segments')}</Menu.Label>
      <SegmentChoices
        chosen={segment}
        choose={(other) => change({ compare: `segment:${other}` })}
        view={view}
      />
    </Chooser>
  )
}
