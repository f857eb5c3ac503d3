import type { RoomPages } from '../../../web/rooms.ts'
import { StartPage } from './start-page.tsx'

export const pages: RoomPages = { start: StartPage }
