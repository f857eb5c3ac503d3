import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrendPoint } from '../contract.ts'
import type { Metric } from '../vocabulary.ts'
import classes from './changes.module.css'
import { drawTrend } from './trend-scale.ts'
import { useChangeWords } from './use-change-words.ts'

export interface TrendProps {
  metric: Metric
  unit: string | null
  points: readonly TrendPoint[]
  /** The first week of a change. */
  fromDay?: string
  decisions: readonly { id: number; day: string; title: string }[]
  tone?: 'lost' | 'won' | 'even'
  label: string
}

const style = (values: Record<string, number>) => values as CSSProperties

/** A metric week by week with its range; where a change began, and what the shop decided. */
export function Trend({ metric, unit, points, fromDay, decisions, tone = 'even', label }: TrendProps) {
  const { t } = useTranslation('changes')
  const { write, day } = useChangeWords()
  const shape = drawTrend(points)
  if (!shape) return <p data-quiet>{t('trend.few')}</p>
  const placeOf = (one: string) => findWeek(points, one)
  const from = fromDay === undefined ? undefined : placeOf(fromDay)
  return (
    <figure className={classes.trend} data-tone={tone}>
      <div className={classes.plot} role="img" aria-label={label}>
        <span className={classes.top}>{write(metric, shape.high, unit)}</span>
        <span className={classes.bottom}>{write(metric, shape.low, unit)}</span>
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          <path className={classes.band} d={shape.band} />
          <path className={classes.line} d={shape.line} />
        </svg>
        {from !== undefined && <span className={classes.from} style={style({ '--at': shape.at(from) })} />}
        {decisions.map((one) => {
          const at = placeOf(one.day)
          return at === undefined ? null : (
            <span
              key={one.id}
              className={classes.flag}
              style={style({ '--at': shape.at(at) })}
              title={one.title}
            />
          )
        })}
      </div>
      <figcaption className={classes.days}>
        <span>{day(points[0]?.day ?? '')}</span>
        {fromDay !== undefined && <strong>{t('trend.from', { day: day(fromDay) })}</strong>}
        <span>{day(points.at(-1)?.day ?? '')}</span>
      </figcaption>
    </figure>
  )
}

/** The week in which a day lies; undefined outside. */
function findWeek(points: readonly TrendPoint[], day: string): number | undefined {
  const at = points.findLastIndex((one) => one.day <= day)
  return at < 0 ? undefined : at
}
