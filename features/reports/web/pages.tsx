import type { RoomPages } from '../../../web/rooms.ts'
import { ReportsPage } from './reports-page.tsx'
import { SavedReportPage } from './saved-report-page.tsx'

export const pages: RoomPages = { hub: ReportsPage, saved: SavedReportPage }
