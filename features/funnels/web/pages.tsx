import type { RoomPages } from '../../../web/rooms.ts'
import { FunnelPage } from './funnel-page.tsx'

export const pages: RoomPages = { funnel: FunnelPage }
