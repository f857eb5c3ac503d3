import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { Guide, Station } from '../contract.ts'
import { ConnectStation } from './connect-station.tsx'
import { EventStation } from './event-station.tsx'
import { GuidePath } from './guide-path.tsx'
import { MapStation } from './map-station.tsx'
import { ReachStation } from './reach-station.tsx'
import { ShopStation } from './shop-station.tsx'
import classes from './start-page.module.css'
import type { StationProps } from './station-props.ts'
import { after, useGuide, useStation } from './use-guide.ts'

const parts: Record<Station, (props: StationProps) => React.ReactNode> = {
  shop: ShopStation,
  connect: ConnectStation,
  event: EventStation,
  reach: ReachStation,
  map: MapStation,
}

/** The path of a new owner: from an empty shop to the first events and the map. Every station can be passed by. */
export function StartPage() {
  const { t } = useTranslation('guide')
  const { guide } = useGuide()
  const { station, goTo } = useStation(guide.data)
  const Part = parts[station]
  const content = useFocusOnStation(station)
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <div className={classes.frame}>
        <GuidePath done={guide.data?.done} station={station} />
        <div ref={content} tabIndex={-1} className={classes.station} aria-busy={guide.isPending}>
          {guide.isError && <ErrorState error={guide.error} onRetry={() => void guide.refetch()} />}
          {guide.data && <Part guide={guide.data} goOn={() => goTo(after(station))} goTo={goTo} />}
          {guide.data && <PutAway guide={guide.data} />}
        </div>
      </div>
    </>
  )
}

/** The next station starts at its top for the keyboard and the screen reader too. */
function useFocusOnStation(station: Station) {
  const content = useRef<HTMLDivElement>(null)
  const shown = useRef(station)
  useEffect(() => {
    if (shown.current === station) return
    shown.current = station
    content.current?.focus()
  }, [station])
  return content
}

/** Away from the rail; in the settings it stays. */
function PutAway({ guide }: { guide: Guide }) {
  const { t } = useTranslation('guide')
  const { id } = useShop()
  const { path, refresh } = useGuide()
  const navigate = useNavigate()
  const isClosed = guide.closedAt !== null
  const change = useAction(async () => {
    await api.patch(path, { body: { isClosed: !isClosed } })
    await refresh()
    if (!isClosed) await navigate({ to: '/s/$shop', params: { shop: String(id) } })
  })
  if (guide.isOver && !isClosed) return null
  return (
    <div className={classes.away}>
      <Button variant="subtle" size="xs" loading={change.isRunning} onClick={() => void change.run()}>
        {t(isClosed ? 'takeOut' : 'putAway')}
      </Button>
    </div>
  )
}
