import type { RoomPages } from '../../../web/rooms.ts'
import { MapPage } from './map-page.tsx'

export const pages: RoomPages = { map: MapPage }
