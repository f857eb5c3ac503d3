import { lazy } from 'react'
import type { RoomPages } from '../../../web/rooms.ts'
import { MapPage } from './map-page.tsx'

/** Whoever only looks at the map doesn't wait for the page of a stage. */
const StagePage = lazy(() => import('./stage-page.tsx').then(({ StagePage }) => ({ default: StagePage })))

export const pages: RoomPages = { map: MapPage, stage: StagePage }
