import type { CSSProperties } from 'react'
import { formatPercent, useLocale } from '../../../web/format.ts'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Driver } from '../contract.ts'
import { toneOf } from './arrange.ts'
import classes from './drivers.module.css'
import { findCorner, findShifts, type Point, placePoints } from './place-points.ts'
import { useDriverNames } from './use-driver-words.ts'

type QuadrantProps = { drivers: readonly Driver[]; open: (driver: string) => void }

const style = (values: Record<string, number>) => values as CSSProperties

/** Standards by how much they matter and how far they are kept: low on the right may wait, high on the left may not. */
export function Quadrant({ drivers, open }: QuadrantProps) {
  const { t } = useTranslation('drivers')
  const { points, others, importance, kept, most, least } = placePoints(drivers)
  if (points.length < 2) return <p className={classes.nothing}>{t('quadrant.few')}</p>
  const x = (value: number) => (value - least) / (1 - least || 1)
  // The names of the corners have their lines above and below.
  const y = (value: number) => 0.12 + (0.88 * value) / (most || 1)
  const shifts = findShifts(points.map(({ driver, kept: at }) => ({ x: x(at), y: y(driver.importance) })))
  return (
    <div className={classes.quadrant}>
      <div className={classes.map} aria-hidden="true" style={style({ '--x': x(kept), '--y': y(importance) })}>
        {(['mend', 'keep', 'later', 'leave'] as const).map((corner) => (
          <span key={corner} className={classes.corner} data-corner={corner}>
            {t(`quadrant.${corner}`)}
          </span>
        ))}
        {points.map(({ driver, kept: at, place }, index) => (
          <span
            key={driver.key}
            className={classes.point}
            data-tone={toneOf(driver)}
            style={style({ '--px': x(at), '--py': y(driver.importance), '--shift': shifts[index] ?? 0 })}
          >
            {place}
          </span>
        ))}
      </div>
      <p className={classes.axisY}>{t('quadrant.importance')} ↑</p>
      <p className={classes.axisX}>{t('quadrant.kept')} →</p>
      <ol className={classes.points} aria-label={t('quadrant.list')}>
        {points.map((point) => (
          <PointItem
            key={point.driver.key}
            point={point}
            corner={findCorner(point, { importance, kept })}
            open={open}
          />
        ))}
        {others > 0 && <li className={classes.quiet}>{t('quadrant.others', { count: others })}</li>}
      </ol>
    </div>
  )
}

type PointItemProps = { point: Point; corner: ReturnType<typeof findCorner>; open: (driver: string) => void }

function PointItem({ point: { driver, kept, place }, corner, open }: PointItemProps) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const { nameOf } = useDriverNames()
  return (
    <li>
      <span className={classes.badge} data-tone={toneOf(driver)} aria-hidden="true">
        {place}
      </span>
      <div>
        <PlainButton className={classes.name} onClick={() => open(driver.key)}>
          {nameOf(driver)}
        </PlainButton>
        <small>
          {t('quadrant.figures', {
            importance: formatPercent(driver.importance, locale),
            kept: formatPercent(kept, locale),
          })}
          {' · '}
          {t(`quadrant.${corner}`)}
        </small>
      </div>
    </li>
  )
}
