import type { RoomPages } from '../../../web/rooms.ts'
import { ReportsPage } from './reports-page.tsx'

export const pages: RoomPages = { hub: ReportsPage }
