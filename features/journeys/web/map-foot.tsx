import { FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap } from '../contract.ts'
import classes from './map-foot.module.css'
import type { MapView } from './map-view.ts'

/** How to read the picture, in a line, and the way to the table. */
export function MapFoot({ map, view }: { map: JourneyMap; view: MapView }) {
  const { t } = useTranslation('journeys')
  const isTable = view.search.table === true
  return (
    <footer className={classes.foot}>
      <span data-tone="won">
        <i /> {t('legend.won')}
      </span>
      <span data-tone="even">
        <i /> {t('legend.even')}
      </span>
      <span data-tone="lost">
        <i /> {t('legend.lost')}
      </span>
      <span className={classes.floor}>{t('legend.floor', { count: FLOOR_WORD })}</span>
      <span className={classes.floor}>{t('legend.bars')}</span>
      {map.compared && <span>{t('legend.ghost')}</span>}
      <PlainButton
        className={classes.toggle}
        aria-pressed={isTable}
        onClick={() => view.change({ table: isTable ? undefined : true })}
      >
        {t(isTable ? 'journeys:table.hide' : 'journeys:table.show')}
      </PlainButton>
    </footer>
  )
}
