import { IconFlag3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DayText } from '../../../web/ui/date-time.tsx'
import type { MapStage, MapTouchpoint } from '../contract.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'

type PanelDecisionsProps = { stage: MapStage; touchpoint: MapTouchpoint | undefined; view: MapView }

/** What the shop changed here in the period. */
export function PanelDecisions({ stage, touchpoint, view }: PanelDecisionsProps) {
  const { t } = useTranslation('journeys')
  const decisions = view.decisions.filter((one) =>
    touchpoint ? one.touchpoint === touchpoint.key : one.at === stage.key,
  )
  if (decisions.length === 0) return null
  return (
    <section className={classes.part}>
      <h3>{t('decisions.title')}</h3>
      <ul className={classes.decisions}>
        {decisions.map(({ id, day, title, expected }) => (
          <li key={id}>
            <IconFlag3 size={15} stroke={1.9} aria-hidden="true" />
            <div>
              <span className={classes.decided}>{title}</span>
              <div data-quiet>
                <DayText day={day} />
                {expected && ` · ${expected}`}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
