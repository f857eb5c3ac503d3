import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { Definition } from '../../../web/ui/definition.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Estimate, MapStage, MapTouchpoint } from '../contract.ts'
import { FullFigure } from './figures.tsx'
import { changeBetween, toneOfChange } from './judge.ts'
import type { PeopleKind } from './map-search.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'

type Row = MapStage | MapTouchpoint
type PanelFiguresProps = { of: Row; before: Row | undefined; view: MapView }

/** The figures of a stage or touchpoint, each with its meaning one click away and the people behind it. */
export function PanelFigures({ of, before, view }: PanelFiguresProps) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const isTouchpoint = 'reach' in of
  return (
    <dl className={classes.figures}>
      <Figure name="people" view={view} people="present">
        <strong className="num">
          <Num value={of.persons} />
        </strong>{' '}
        <small className="range">
          {t('contacts', { count: of.contacts })}
          {isTouchpoint && ` · ${t('reach.short', { share: formatPercent(of.reach, locale) })}`}
        </small>
      </Figure>
      <Figure name="said" view={view} people={of.heard.persons > 0 ? 'heard' : undefined}>
        <FullFigure measure="said" estimate={of.said} />
        <Against now={of.said} before={before?.said} measure="said" />
      </Figure>
      {of.expected && !of.said && (
        <Figure name="expected" view={view}>
          <FullFigure measure="said" estimate={of.expected} />
        </Figure>
      )}
      <Figure name="kept" view={view} people={of.measured > 0 ? 'missed' : undefined}>
        <FullFigure
          measure="kept"
          estimate={of.kept}
          none={of.measured === 0 ? t('kept.unmeasured') : undefined}
        />
        <Against now={of.kept} before={before?.kept} measure="kept" />
        {isTouchpoint && of.templates && <PageTypes of={of.templates} />}
      </Figure>
      <Figure name="heard" view={view}>
        <strong className="num">{formatPercent(of.heard.share, locale)}</strong>{' '}
        <small className="range">{t('persons', { count: of.heard.persons })}</small>
      </Figure>
      {'promises' in of && of.promises && (
        <Figure name="promises" view={view}>
          {t('table.promised', of.promises)}
        </Figure>
      )}
    </dl>
  )
}

/** How many page templates are fast enough by the 75th percentile; of those that can be told. */
function PageTypes({ of: { kept, between, missed } }: { of: NonNullable<MapTouchpoint['templates']> }) {
  const { t } = useTranslation('journeys')
  const count = kept + between + missed
  return count === 0 ? null : <div className="range">{t('kept.templates', { kept, count })}</div>
}

type FigureProps = {
  name: 'people' | 'said' | 'expected' | 'kept' | 'heard' | 'promises'
  view: MapView
  people?: PeopleKind
  children: ReactNode
}

function Figure({ name, view, people, children }: FigureProps) {
  const { t } = useTranslation('journeys')
  const term = t(`${name}.name`)
  return (
    <div className={classes.figure}>
      <dt>
        {term}
        <Definition term={term}>{t(`${name}.definition`)}</Definition>
      </dt>
      <dd>
        {children}
        {people && (
          <UnstyledButton className={classes.who} onClick={() => view.openPeople(people)}>
            {t(`who.${people}`)}
          </UnstyledButton>
        )}
      </dd>
    </div>
  )
}

type AgainstProps = { now: Estimate | null; before: Estimate | null | undefined; measure: 'said' | 'kept' }

/** The change against what the map is compared with, its range, and whether it may be chance. */
function Against({ now, before, measure }: AgainstProps) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const change = changeBetween(now, before)
  if (!change) return null
  const write = (value: number) =>
    measure === 'said'
      ? formatNumber(value, locale, { signed: true })
      : formatPercent(value, locale, { signed: true })
  return (
    <div className={classes.against} data-tone={toneOfChange(change)}>
      <b className="num">{write(change.by)}</b> {t(`change.${change.verdict}`)},{' '}
      {t('range', { low: write(change.low), high: write(change.high) })}
    </div>
  )
}
