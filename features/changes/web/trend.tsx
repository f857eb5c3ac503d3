import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { DecisionFlags, findWeekOf, useDecisionMarks } from '../../decisions/web/parts.tsx'
import { addDays } from '../../reports/web/parts.ts'
import type { TrendPoint } from '../contract.ts'
import type { Metric } from '../vocabulary.ts'
import classes from './changes.module.css'
import { drawTrend } from './trend-scale.ts'
import { useChangeWords } from './use-change-words.ts'
import { useRegistry } from './use-changes.ts'

export interface TrendProps {
  metric: Metric
  unit: string | null
  /** A touchpoint, with a measure of it after a dot; empty: the whole path. */
  place: string
  points: readonly TrendPoint[]
  /** The first week of a change. */
  fromDay?: string
  tone?: 'lost' | 'won' | 'even'
  label: string
}

const style = (values: Record<string, number>) => values as CSSProperties

/** A metric week by week with its range; where a change began, and what the shop decided. */
export function Trend({ metric, unit, place, points, fromDay, tone = 'even', label }: TrendProps) {
  const { t } = useTranslation('changes')
  const { write, day } = useChangeWords()
  const decisions = usePlaceDecisions(place, points)
  const shape = drawTrend(points)
  if (!shape) return <p data-quiet>{t('trend.few')}</p>
  const placeOf = (one: string) => {
    const week = findWeekOf(
      points.map((point) => point.day),
      one,
    )
    return week === undefined ? undefined : shape.at(week)
  }
  const from = fromDay === undefined ? undefined : placeOf(fromDay)
  return (
    <figure className={classes.trend} data-tone={tone} data-marked={decisions.length > 0 || undefined}>
      <div className={classes.plot}>
        <div role="img" aria-label={label}>
          <span className={classes.top}>{write(metric, shape.high, unit)}</span>
          <span className={classes.bottom}>{write(metric, shape.low, unit)}</span>
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
            <path className={classes.band} d={shape.band} />
            <path className={classes.line} d={shape.line} />
            <path className={classes.dots} d={shape.dots} />
          </svg>
          {from !== undefined && <span className={classes.from} style={style({ '--at': from })} />}
        </div>
        <DecisionFlags decisions={decisions} placeOf={placeOf} />
      </div>
      <figcaption className={classes.days}>
        <span>{day(points[0]?.day ?? '')}</span>
        {from !== undefined && fromDay !== undefined && (
          <strong style={style({ '--at': from })}>{t('trend.from', { day: day(fromDay) })}</strong>
        )}
        <span>{day(points.at(-1)?.day ?? '')}</span>
      </figcaption>
    </figure>
  )
}

/** What the shop decided in these weeks at this place, on its stage, or for the whole path. */
function usePlaceDecisions(place: string, points: readonly TrendPoint[]) {
  const [touchpoint = ''] = place.split('.')
  const stage = useRegistry()?.touchpoints.find(({ key }) => key === touchpoint)?.stage
  const last = points.at(-1)?.day
  return useDecisionMarks(
    points[0]?.day,
    last && addDays(last, 7),
    touchpoint === '' ? undefined : { stage, touchpoint },
  )
}
