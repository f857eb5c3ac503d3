import type { RoomPages } from '../../../web/rooms.ts'
import { CohortsPage } from './cohorts-page.tsx'

export const pages: RoomPages = { report: CohortsPage }
