import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPercent, useLocale } from '../../../web/format.ts'
import type { MapTouchpoint } from '../contract.ts'
import { ShortFigure } from './figures.tsx'
import { toneOfKept, toneOfSaid } from './judge.ts'
import classes from './touchpoint-row.module.css'

type TouchpointRowProps = { touchpoint: MapTouchpoint; name: string; onOpen: () => void }

/** One touchpoint in a list: both measures, and how many of the stage's people came by it. Opens it. */
export function TouchpointRow({ touchpoint, name, onOpen }: TouchpointRowProps) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { said, kept, reach } = touchpoint
  const tone = said ? toneOfSaid(said) : toneOfKept(kept)
  return (
    <UnstyledButton className={classes.row} data-tone={tone} onClick={onOpen}>
      <span className={classes.name}>{name}</span>
      <span className={classes.figures}>
        <ShortFigure measure="said" estimate={said} />
        <ShortFigure measure="kept" estimate={kept} />
      </span>
      <span className={classes.reach} title={t('reach.full', { share: formatPercent(reach, locale) })}>
        <span style={{ width: `${Math.min(100, reach * 100)}%` }} />
        <span className="only-spoken">{t('reach.full', { share: formatPercent(reach, locale) })}</span>
      </span>
    </UnstyledButton>
  )
}
