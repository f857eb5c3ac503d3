import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import type { TrendPoint } from '../contract.ts'
import { FullFigure, useEstimateWords } from './figures.tsx'
import { dropEmpty, type MapSearch } from './map-search.ts'
import { nextIndex } from './stage-heads.tsx'
import classes from './stage-trend.module.css'
import type { TrendLayout } from './stage-trend-layout.ts'

/** «7 – 13 сент. 2026», or one day. */
export function useDaysName(): (point: Pick<TrendPoint, 'fromDay' | 'toDay'>) => string {
  const locale = useLocale()
  return ({ fromDay, toDay }) =>
    fromDay === toDay
      ? formatDay(fromDay, locale)
      : `${formatDay(fromDay, locale)} – ${formatDay(toDay, locale)}`
}

type TrendStopsProps = {
  points: TrendPoint[]
  layout: TrendLayout
  search: MapSearch
  onActive: (index: number | null) => void
}

/** Each part of the period as a link to its own map: one stop of the Tab key, arrows move between them. */
export function TrendStops({ points, layout, search, onActive }: TrendStopsProps) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { id } = useShop()
  const words = useEstimateWords()
  const daysOf = useDaysName()
  const row = useRef<HTMLElement>(null)
  const [reached, setReached] = useState(points.length - 1)
  const current = Math.min(Math.max(0, reached), points.length - 1)
  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, current, points.length)
    if (next === undefined) return
    event.preventDefault()
    setReached(next)
    row.current?.querySelectorAll('a')[next]?.focus()
  }
  const short = (day: string) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00:00Z`),
    )
  return (
    <nav ref={row} className={classes.stops} aria-label={t('stagePage.parts')} onKeyDown={move}>
      {points.map((point, index) => (
        <Link
          key={point.fromDay}
          to="/s/$shop/map"
          params={{ shop: String(id) }}
          search={dropEmpty({ segment: search.segment, from: point.fromDay, to: point.toDay }) as never}
          tabIndex={current === index ? 0 : -1}
          style={{ left: layout.x(index) - layout.step / 2, width: layout.step }}
          onFocus={() => {
            setReached(index)
            onActive(index)
          }}
          onBlur={() => onActive(null)}
          onPointerEnter={() => onActive(index)}
        >
          <span className="only-spoken">
            {t('stagePage.mapOf', { days: daysOf(point) })}. {t('persons', { count: point.persons })}.{' '}
            {t('said.name')}: {words.full('said', point.said)}. {t('kept.name')}:{' '}
            {words.full('kept', point.kept)}.
          </span>
          {index % layout.every === 0 && (
            <span className={classes.day} aria-hidden="true">
              {short(point.fromDay)}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}

/** The part in hand in figures; keeps its place, so that nothing jumps. */
export function TrendReadout({ points, active }: { points: TrendPoint[]; active: number | null }) {
  const { t } = useTranslation('journeys')
  const daysOf = useDaysName()
  const point = active === null ? undefined : points[active]
  if (!point)
    return (
      <p className={classes.readout} data-quiet>
        {t('stagePage.hint')}
      </p>
    )
  return (
    <p className={classes.readout}>
      <b>{daysOf(point)}</b>
      <span>{t('persons', { count: point.persons })}</span>
      <span>
        {t('said.name')}: <FullFigure measure="said" estimate={point.said} />
      </span>
      <span>
        {t('kept.name')}:{' '}
        <FullFigure
          measure="kept"
          estimate={point.kept}
          none={point.measured === 0 ? t('kept.unmeasured') : undefined}
        />
      </span>
    </p>
  )
}
