import { Button, Menu } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { CHANNEL_KEYS } from '../../../kernel/channels.ts'
import { useOpening } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { SEGMENTS } from '../segments.ts'
import { Choice } from './choice.tsx'
import { buttonProps, type ChooserButton, comparedSegment, usePeriodName } from './chooser-button.tsx'
import { DEFAULT_PERIOD, PERIOD_DAYS, PERIOD_MONTHS } from './map-search.ts'
import type { MapView } from './map-view.ts'
import { RangeForm } from './range-form.tsx'
import { SavedChoices } from './saved-choices.tsx'
import { SegmentFinder } from './segment-finder.tsx'

type MenuProps = { view: MapView; button: ChooserButton }
type FrameProps = { button: ChooserButton; opening: ReturnType<typeof useOpening>; children: ReactNode }

function Frame({ button, opening: { isOpen, setOpen, target }, children }: FrameProps) {
  return (
    <Menu position="bottom-end" width={280} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <Button ref={target as React.RefObject<HTMLButtonElement>} {...buttonProps(button)} />
      </Menu.Target>
      <Menu.Dropdown mah="min(70dvh, 520px)" style={{ overflowY: 'auto' }}>
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}

export function PeriodMenu({ view, button }: MenuProps) {
  const opening = useOpening()
  const nameOf = usePeriodName()
  const { search, change } = view
  const chosen = search.from ? undefined : (search.period ?? DEFAULT_PERIOD)
  return (
    <Frame button={button} opening={opening}>
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
          opening.setOpen(false)
          change({ ...range, period: undefined })
        }}
      />
    </Frame>
  )
}

/** Ways to come to the shop by which persons may be told apart; others say how they talk with it. */
const ARRIVALS = CHANNEL_KEYS.slice(0, CHANNEL_KEYS.indexOf('site'))

export function SegmentMenu({ view, button }: MenuProps) {
  const { search, change } = view
  const choose = (segment: string) => change({ segment: segment === 'all' ? undefined : segment })
  const [isFinding, setFinding] = useState(false)
  return (
    <>
      <Frame button={button} opening={useOpening()}>
        <SegmentChoices
          chosen={search.segment ?? 'all'}
          choose={choose}
          find={() => setFinding(true)}
          view={view}
        />
      </Frame>
      <SegmentFinder isOpen={isFinding} close={() => setFinding(false)} choose={choose} />
    </>
  )
}

function SegmentChoices({
  chosen,
  choose,
  find,
  view,
}: {
  chosen: string | undefined
  choose: (segment: string) => void
  find: () => void
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
      {item('all')}
      <SavedChoices chosen={chosen} choose={choose} find={find} />
      <Menu.Label>{t('segment.ready')}</Menu.Label>
      {SEGMENTS.filter((segment) => segment !== 'all').map(item)}
      <Menu.Divider />
      <Menu.Label>{t('segment.byChannel')}</Menu.Label>
      {ARRIVALS.map((channel) => item(`first_channel:${channel}`))}
    </>
  )
}

export function CompareMenu({ view, button }: MenuProps) {
  const { t } = useTranslation('journeys')
  const { search, change } = view
  const { compare } = search
  const [isFinding, setFinding] = useState(false)
  const choose = (other: string) => change({ compare: `segment:${other}` })
  return (
    <>
      <Frame button={button} opening={useOpening()}>
        <Choice isChosen={!compare} onChoose={() => change({ compare: undefined })}>
          {t('compare.none')}
        </Choice>
        <Choice isChosen={compare === 'previous'} onChoose={() => change({ compare: 'previous' })}>
          {t('compare.previous')}
        </Choice>
        <Menu.Divider />
        <Menu.Label>{t('compare.segments')}</Menu.Label>
        <SegmentChoices
          chosen={comparedSegment(search)}
          choose={choose}
          find={() => setFinding(true)}
          view={view}
        />
      </Frame>
      <SegmentFinder isOpen={isFinding} close={() => setFinding(false)} choose={choose} />
    </>
  )
}
