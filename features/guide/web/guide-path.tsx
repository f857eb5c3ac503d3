import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { type Guide, type Station, stations } from '../contract.ts'
import classes from './guide-path.module.css'

/** How far each station lies from the left edge: a path, not a ladder. */
const places = [20, 46, 26, 50, 28]
const STEP = 78
const point = (index: number) => ({ x: places[index] ?? 30, y: STEP * (index + 0.5) })

/** The piece of the path from one station to the next. */
function drawPiece(index: number): string {
  const from = point(index)
  const to = point(index + 1)
  const half = (from.y + to.y) / 2
  return `M${from.x},${from.y}C${from.x},${half} ${to.x},${half} ${to.x},${to.y}`
}

type GuidePathProps = { done: Guide['done'] | undefined; station: Station }

/** The stations and the path between them: walked behind what is done, dashed where it lies ahead. */
export function GuidePath({ done, station }: GuidePathProps) {
  const { t } = useTranslation('guide')
  const isDone = (one: Station) => one !== 'map' && done?.[one] === true
  return (
    <nav aria-label={t('path')} className={classes.path}>
      <svg className={classes.picture} viewBox={`0 0 72 ${STEP * stations.length}`} aria-hidden="true">
        {stations.slice(0, -1).map((one, index) => (
          <path key={one} d={drawPiece(index)} className={isDone(one) ? classes.walked : classes.ahead} />
        ))}
      </svg>
      <ol className={classes.stations}>
        {stations.map((one, index) => (
          <li key={one} style={{ '--place': `${point(index).x}px` } as React.CSSProperties}>
            <StationLink of={one} isDone={isDone(one)} isHere={one === station} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function StationLink({ of, isDone, isHere }: { of: Station; isDone: boolean; isHere: boolean }) {
  const { t } = useTranslation('guide')
  const params = { shop: String(useShop().id) }
  return (
    <Link
      to="/s/$shop/start"
      params={params}
      search={{ step: of }}
      resetScroll={false}
      className={classes.station}
      data-done={isDone || undefined}
      activeProps={{ 'aria-current': 'step' }}
      aria-current={isHere ? 'step' : undefined}
    >
      <span className={classes.stop}>{isDone && <IconCheck size={15} stroke={3} aria-hidden="true" />}</span>
      <span className={classes.words}>
        <strong>{t(`station.${of}`)}</strong>
        <small>{t(isDone ? 'isDone' : `stationWhy.${of}`)}</small>
      </span>
    </Link>
  )
}
