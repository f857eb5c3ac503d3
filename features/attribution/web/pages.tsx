import type { RoomPages } from '../../../web/rooms.ts'
import { AttributionPage } from './attribution-page.tsx'

export const pages: RoomPages = { report: AttributionPage }
