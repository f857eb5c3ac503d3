import { formatPercent, useLocale } from '../../../web/format.ts'
import { Num } from '../../../web/ui/numbers.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap, MapStage, MapTouchpoint } from '../contract.ts'
import { FullFigure } from './figures.tsx'
import { listUsed } from './list-used.ts'
import classes from './map-table.module.css'
import type { Names } from './names.ts'
import { useOnwardWords } from './onward-words.ts'

type MapTableProps = { map: JourneyMap; names: Names; isShown: boolean }

/** The whole map as a table: always there for those who can't see the picture, in sight for who asks for it. */
export function MapTable({ map, names, isShown }: MapTableProps) {
  const { t } = useTranslation('journeys')
  const columns = ['stage', 'persons', 'said', 'kept', 'heard', 'next', 'promises'] as const
  return (
    <div className={isShown ? classes.shown : 'only-spoken'}>
      <table className={classes.table}>
        <caption className="only-spoken">{t('table.caption')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-align={column === 'stage' ? undefined : 'end'}>
                {t(`table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        {map.stages.map((stage) => (
          <StageRows key={stage.key} stage={stage} names={names} withTouchpoints={isShown} />
        ))}
      </table>
    </div>
  )
}

function StageRows({
  stage,
  names,
  withTouchpoints,
}: {
  stage: MapStage
  names: Names
  withTouchpoints: boolean
}) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const sayOnward = useOnwardWords()
  const { next, promises } = stage
  return (
    <tbody>
      <tr data-stage>
        <th scope="row">{names.stage(stage.key)}</th>
        <Measures row={stage} />
        <td>{next && `${formatPercent(next.share, locale)} ${sayOnward(next.medianSeconds)}`}</td>
        <td>{promises && t('table.promised', promises)}</td>
      </tr>
      {withTouchpoints &&
        listUsed(stage).map((touchpoint) => (
          <tr key={touchpoint.key}>
            <th scope="row">{names.touchpoint(touchpoint.key)}</th>
            <Measures row={touchpoint} />
            <td />
            <td />
          </tr>
        ))}
    </tbody>
  )
}

function Measures({ row }: { row: MapStage | MapTouchpoint }) {
  const locale = useLocale()
  return (
    <>
      <td>
        <Num value={row.persons} />
      </td>
      <td>
        <FullFigure measure="said" estimate={row.said} />
      </td>
      <td>
        <FullFigure measure="kept" estimate={row.kept} none="–" />
      </td>
      <td>{formatPercent(row.heard.share, locale)}</td>
    </>
  )
}
