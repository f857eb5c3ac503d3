import { useTranslation } from '../../../web/use-translation.ts'
import type { Standard } from '../../touchpoints/contract.ts'
import type { MapStage, MapTouchpoint } from '../contract.ts'
import { listUsed } from './list-used.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'
import { useStandardWords } from './standard-words.ts'
import { TouchpointRow } from './touchpoint-row.tsx'

type PanelTouchpointsProps = {
  stage: MapStage
  touchpoint: MapTouchpoint | undefined
  view: MapView
}

/** All touchpoints of a stage, or the one that is open, with their standards and where the thresholds come from. */
export function PanelTouchpoints({ stage, touchpoint, view }: PanelTouchpointsProps) {
  const { t } = useTranslation('journeys')
  if (touchpoint)
    return (
      <section className={classes.part}>
        <h3>{t('standard.title')}</h3>
        <Standards touchpoint={touchpoint.key} view={view} withSource />
      </section>
    )
  const used = listUsed(stage)
  if (used.length === 0) return null
  return (
    <section className={classes.part}>
      <h3>{t('touchpoints.title', { count: used.length })}</h3>
      <ul className={classes.touchpoints}>
        {used.map((one) => (
          <li key={one.key}>
            <TouchpointRow
              touchpoint={one}
              name={view.names.touchpoint(one.key)}
              onOpen={() => view.open(stage.key, one.key)}
            />
            <Standards touchpoint={one.key} view={view} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type StandardsProps = { touchpoint: string; view: MapView; withSource?: boolean }

function Standards({ touchpoint, view, withSource = false }: StandardsProps) {
  const { t } = useTranslation('journeys')
  const standards: Standard[] =
    view.names.registry?.touchpoints.find(({ key }) => key === touchpoint)?.standards ?? []
  const words = useStandardWords()
  if (standards.length === 0) return withSource ? <p className={classes.hint}>{t('standard.none')}</p> : null
  return standards.map((standard) => (
    <div key={standard.measure} className={classes.standard}>
      <span>{view.names.measure(standard.measure)}:</span> <span data-tone="won">{words.good(standard)}</span>
      {' · '}
      <span data-tone="lost">{words.bad(standard)}</span>
      {withSource && <p className={classes.hint}>{t(`touchpoints:sourceWords.${standard.source}`)}</p>}
    </div>
  ))
}
