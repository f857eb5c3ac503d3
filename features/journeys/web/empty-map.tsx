import { Button } from '@mantine/core'
import { IconPlugConnected, IconUpload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { DemoInTheMaking } from '../../guide/web/parts.tsx'
import type { JourneyMap } from '../contract.ts'
import { smoothPath } from './curve.ts'
import classes from './empty-map.module.css'
import type { MapView } from './map-view.ts'

/** Heights of a path nobody has walked yet: a drawing, not a figure. */
const HEIGHTS = [58, 50, 66, 44, 60, 72, 24, 56, 64, 60]
const STEP = 100

/** A shop without contacts in the period: the map in outline, and the ways to bring it to life. */
export function EmptyMap({ map, view }: { map: JourneyMap; view: MapView }) {
  const { t } = useTranslation('journeys')
  const stages = map.stages.slice(0, HEIGHTS.length)
  const points = stages.map((_, index) => ({ x: STEP * (index + 0.5), y: 92 - (HEIGHTS[index] ?? 50) * 0.8 }))
  const { from, to, period, segment } = view.search
  const isNarrowed = [from, to, period, segment].some((one) => one !== undefined)
  return (
    <section className={classes.empty} aria-labelledby="empty-map">
      <div className={classes.outline} aria-hidden="true">
        <svg viewBox={`0 0 ${STEP * stages.length} 100`} preserveAspectRatio="none" aria-hidden="true">
          <path d={smoothPath(points)} />
        </svg>
        <ol>
          {stages.map(({ key }) => (
            <li key={key}>{view.names.stage(key)}</li>
          ))}
        </ol>
      </div>
      <div className={classes.words}>
        <h2 id="empty-map">{t(isNarrowed ? 'journeys:empty.narrowed' : 'journeys:empty.title')}</h2>
        <p>{t(isNarrowed ? 'journeys:empty.widen' : 'journeys:empty.why')}</p>
        {isNarrowed ? (
          <Button
            onClick={() => view.change({ from: undefined, to: undefined, period: 365, segment: undefined })}
          >
            {t('empty.year')}
          </Button>
        ) : (
          <Ways />
        )}
      </div>
    </section>
  )
}

/** How the map comes to life; for those who may do it. */
function Ways() {
  const { t } = useTranslation('journeys')
  const { id, role } = useShop()
  const params = { shop: String(id) } as never
  if (role !== 'owner' && role !== 'marketer')
    return (
      <>
        <DemoInTheMaking />
        <p>{t('empty.askOwner')}</p>
      </>
    )
  return (
    <>
      <DemoInTheMaking />
      <div className={classes.ways}>
        <Button
          component={Link}
          to="/s/$shop/start"
          params={params}
          leftSection={<IconPlugConnected size={17} />}
        >
          {t('empty.connect')}
        </Button>
        <Button
          component={Link}
          to="/s/$shop/imports/new"
          params={params}
          variant="default"
          leftSection={<IconUpload size={17} />}
        >
          {t('empty.import')}
        </Button>
      </div>
      <p className={classes.demo}>
        {t('empty.demo')}{' '}
        <Link to="/s/$shop/start" params={params}>
          {t('empty.demoLink')}
        </Link>
      </p>
    </>
  )
}
