import type { RoomPages } from '../../../web/rooms.ts'
import { ChannelMixPage } from './channel-mix-page.tsx'

export const pages: RoomPages = { report: ChannelMixPage }
