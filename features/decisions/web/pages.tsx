import type { RoomPages } from '../../../web/rooms.ts'
import { DecisionsPage } from './decisions-page.tsx'

export const pages: RoomPages = { list: DecisionsPage }
