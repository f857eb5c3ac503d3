import { useTranslation } from 'react-i18next'
import { Num } from '../../../web/ui/numbers.tsx'
import type { TrendPoint } from '../contract.ts'
import { FullFigure } from './figures.tsx'
import classes from './map-table.module.css'
import { useDaysName } from './stage-trend-stops.tsx'

/** The course as a table: always there for those who can't see the picture, in sight for who asks for it. */
export function StageTrendTable({ points, isShown }: { points: TrendPoint[]; isShown: boolean }) {
  const { t } = useTranslation('journeys')
  const daysOf = useDaysName()
  return (
    <div className={isShown ? classes.shown : 'only-spoken'}>
      <table className={classes.table}>
        <caption className="only-spoken">{t('stagePage.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('stagePage.days')}</th>
            {(['persons', 'said', 'kept'] as const).map((column) => (
              <th key={column} scope="col" data-align="end">
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.fromDay}>
              <th scope="row">{daysOf(point)}</th>
              <td>
                <Num value={point.persons} />
              </td>
              <td>
                <FullFigure measure="said" estimate={point.said} />
              </td>
              <td>
                <FullFigure
                  measure="kept"
                  estimate={point.kept}
                  none={point.measured === 0 ? '–' : undefined}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
