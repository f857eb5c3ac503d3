import type { RoomPages } from '../../../web/rooms.ts'
import { ConformancePage } from './conformance-page.tsx'

export const pages: RoomPages = { report: ConformancePage }
