import { formatPercent, useLocale } from '../../../web/format.ts'
import { addSoftHyphens } from '../../../web/soft-hyphens.ts'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapTouchpoint } from '../contract.ts'
import { ShortFigure } from './figures.tsx'
import { shown } from './judge.ts'
import classes from './touchpoint-row.module.css'

type TouchpointRowProps = { touchpoint: MapTouchpoint; name: string; onOpen: () => void }

/** One touchpoint in a list: both measures, and how many of the stage's people came by it. Opens it. */
export function TouchpointRow({ touchpoint, name, onOpen }: TouchpointRowProps) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { said, kept, reach } = touchpoint
  return (
    <PlainButton className={classes.row} onClick={onOpen}>
      <span className={classes.name}>{addSoftHyphens(name)}</span>
      <span className={classes.figures}>
        {shown(said) && <ShortFigure measure="said" estimate={said} />}
        {shown(kept) && <ShortFigure measure="kept" estimate={kept} />}
        {!shown(said) && !shown(kept) && <span data-quiet>{t('fewData')}</span>}
      </span>
      <span className={classes.reach} title={t('reach.full', { share: formatPercent(reach, locale) })}>
        <span style={{ width: `${Math.min(100, reach * 100)}%` }} />
        <span className="only-spoken">{t('reach.full', { share: formatPercent(reach, locale) })}</span>
      </span>
    </PlainButton>
  )
}
