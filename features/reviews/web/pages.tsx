import type { RoomPages } from '../../../web/rooms.ts'
import { ReviewsPage } from './reviews-page.tsx'

export const pages: RoomPages = { list: ReviewsPage }
