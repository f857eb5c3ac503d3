import { Definition } from '../../../web/ui/definition.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './captions.module.css'
import { BANDS } from './picture-layout.ts'

/** The headings of the three bands, each with its meaning one click away; they stay in sight while the map scrolls. */
export function Captions() {
  const { t } = useTranslation('journeys')
  return (['people', 'said', 'kept'] as const).map((band) => (
    <div key={band} className={classes.row} style={{ top: BANDS[band].top + 6 }}>
      <div className={classes.caption}>
        {t(`${band}.name`)}
        <Definition term={t(`${band}.name`)}>{t(`${band}.definition`)}</Definition>
      </div>
    </div>
  ))
}
