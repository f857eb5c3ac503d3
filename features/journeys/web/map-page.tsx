import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useDeferredValue } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap } from '../contract.ts'
import { Choosers } from './choosers.tsx'
import { EmptyMap } from './empty-map.tsx'
import { ExportMenu } from './export-menu.tsx'
import { MapFacts, MapNotices } from './map-facts.tsx'
import { MapFailure } from './map-failure.tsx'
import { MapFoot } from './map-foot.tsx'
import classes from './map-page.module.css'
import { daysOf, questionOf } from './map-search.ts'
import { MapSkeleton } from './map-skeleton.tsx'
import { MapTable } from './map-table.tsx'
import { type MapView, useMapAddress, useMapView } from './map-view.ts'
import { Sentences } from './sentences.tsx'
import { TallMap } from './tall-map.tsx'
import { useJourneyMap, useMapLive } from './use-journey-map.ts'
import { useWidth } from './use-width.ts'
import { WideMap } from './wide-map.tsx'

const StagePanel = lazy(() => import('./stage-panel.tsx').then(({ StagePanel }) => ({ default: StagePanel })))

/** The way of the customers: what they said and what the shop kept, stage by stage, with the question above it. */
export function MapPage() {
  const { t } = useTranslation('journeys')
  const { timeZone } = useShop()
  const { search } = useMapAddress()
  const now = new Date()
  const question = questionOf(search, now, timeZone)
  const query = useJourneyMap(question)
  // What happens now belongs to a period that reaches until today, and to no other.
  const reachesToday = daysOf(search, now, timeZone).to === daysOf({ period: 7 }, now, timeZone).to
  const pulses = useMapLive({ paused: !reachesToday, refresh: query.refetch })
  const view = useMapView(question, pulses)
  const { ref, width } = useWidth<HTMLDivElement>(0)
  // Drawn once it is known how much room there is: the frame comes first, and the picture is laid out once.
  const map = width > 0 ? query.data : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<MapFacts meta={query.data?.meta} />}
        actions={
          <div className={classes.choosers}>
            <Choosers view={view} />
            <ExportMenu map={map} view={view} />
          </div>
        }
      />
      <div ref={ref}>
        {map && <MapNotices meta={map.meta} />}
        {query.isError && !map && (
          <MapFailure error={query.error} onRetry={() => void query.refetch()} view={view} />
        )}
        {!map && !query.isError && <MapSkeleton />}
        {map && (
          <MapBody
            map={map}
            view={view}
            isOutdated={query.isPlaceholderData}
            question={question}
            width={width}
          />
        )}
      </div>
    </>
  )
}

type MapBodyProps = {
  map: JourneyMap
  view: MapView
  isOutdated: boolean
  question: ReturnType<typeof questionOf>
  width: number
}

/** The line around the card takes a pixel on either side. */
const CARD_EDGES = 2

function MapBody({ map, view, isOutdated, question, width }: MapBodyProps) {
  const { search } = view
  const isPhone = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  // The picture first: the table is drawn when the browser has a moment, interrupted by whatever comes in between.
  const isDrawn = useDeferredValue(true, false)
  if (map.meta.contacts === 0) return <EmptyMap map={map} view={view} />
  const isOpen = map.stages.some(({ key }) => key === search.stage)
  const room = isOpen ? undefined : width - CARD_EDGES
  return (
    <div aria-busy={isOutdated} className={classes.body} data-outdated={isOutdated || undefined}>
      <Sentences sentences={map.sentences} view={view} />
      <div className={classes.beside} data-open={isOpen || undefined}>
        <div className={classes.card}>
          {isPhone ? <TallMap map={map} view={view} /> : <WideMap map={map} view={view} room={room} />}
          {isDrawn && <MapTable map={map} names={view.names} isShown={search.table === true} />}
        </div>
        {isOpen && (
          <Suspense fallback={null}>
            <StagePanel map={map} view={view} question={question} isPhone={isPhone} />
          </Suspense>
        )}
      </div>
      {isDrawn && <MapFoot map={map} view={view} />}
    </div>
  )
}
