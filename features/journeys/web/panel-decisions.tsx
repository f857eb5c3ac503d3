import { UnstyledButton } from '@mantine/core'
import { IconFlag3, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { DayText } from '../../../web/ui/date-time.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { DecisionDialog, useMayDecide } from '../../decisions/web/parts.tsx'
import type { MapStage, MapTouchpoint } from '../contract.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'

type PanelDecisionsProps = { stage: MapStage; touchpoint: MapTouchpoint | undefined; view: MapView }

/** What the shop changed here in the period, and the way to note another change. */
export function PanelDecisions({ stage, touchpoint, view }: PanelDecisionsProps) {
  const { t } = useTranslation('journeys')
  const [isOpen, setOpen] = useState(false)
  const mayDecide = useMayDecide()
  const decisions = view.decisions.filter((one) =>
    touchpoint ? one.touchpoint === touchpoint.key : one.at === stage.key,
  )
  if (decisions.length === 0 && !mayDecide) return null
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
      {mayDecide && (
        <UnstyledButton className={classes.who} onClick={() => setOpen(true)}>
          <IconPlus size={15} stroke={1.9} aria-hidden="true" /> {t('decisions.add')}
        </UnstyledButton>
      )}
      <DecisionDialog
        isOpen={isOpen}
        place={{ stage: stage.key, touchpoint: touchpoint?.key }}
        close={() => setOpen(false)}
      />
    </section>
  )
}
