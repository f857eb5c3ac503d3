import { type ComponentType, lazy } from 'react'

export type CardProps = { search: Record<string, unknown> }

/** Each kind of report has a small card, fetched when a board shows one. By the report's page. */
export const cardKinds: Record<string, ComponentType<CardProps>> = {
  map: lazy(() => import('./cards/map-card.tsx').then(({ MapCard }) => ({ default: MapCard }))),
  funnel: lazy(() => import('./cards/funnel-card.tsx').then(({ FunnelCard }) => ({ default: FunnelCard }))),
  choosing: lazy(() =>
    import('./cards/choosing-card.tsx').then(({ ChoosingCard }) => ({ default: ChoosingCard })),
  ),
  returning: lazy(() =>
    import('./cards/returning-card.tsx').then(({ ReturningCard }) => ({ default: ReturningCard })),
  ),
  paths: lazy(() => import('./cards/paths-card.tsx').then(({ PathsCard }) => ({ default: PathsCard }))),
  cohorts: lazy(() =>
    import('./cards/cohorts-card.tsx').then(({ CohortsCard }) => ({ default: CohortsCard })),
  ),
  conformance: lazy(() =>
    import('./cards/conformance-card.tsx').then(({ ConformanceCard }) => ({ default: ConformanceCard })),
  ),
  attribution: lazy(() =>
    import('./cards/attribution-card.tsx').then(({ AttributionCard }) => ({ default: AttributionCard })),
  ),
  exposure: lazy(() =>
    import('./cards/exposure-card.tsx').then(({ ExposureCard }) => ({ default: ExposureCard })),
  ),
  'channel-mix': lazy(() =>
    import('./cards/channel-mix-card.tsx').then(({ ChannelMixCard }) => ({ default: ChannelMixCard })),
  ),
  drivers: lazy(() =>
    import('./cards/drivers-card.tsx').then(({ DriversCard }) => ({ default: DriversCard })),
  ),
  changes: lazy(() =>
    import('./cards/changes-card.tsx').then(({ ChangesCard }) => ({ default: ChangesCard })),
  ),
}
