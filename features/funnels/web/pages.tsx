import type { RoomPages } from '../../../web/rooms.ts'
import { ChoosingPage } from './choosing-page.tsx'
import { FunnelPage } from './funnel-page.tsx'
import { ReturningPage } from './returning-page.tsx'

export const pages: RoomPages = { funnel: FunnelPage, choosing: ChoosingPage, returning: ReturningPage }
