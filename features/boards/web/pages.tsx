import type { RoomPages } from '../../../web/rooms.ts'
import { BoardPage } from './board-page.tsx'
import { BoardsPage } from './boards-page.tsx'
import { TodayPage } from './today-page.tsx'

export const pages: RoomPages = { today: TodayPage, list: BoardsPage, board: BoardPage }
