import type { RoomPages } from '../../../web/rooms.ts'
import { OrderListPage } from './order-list.tsx'
import { OrderPage } from './order-page.tsx'

export const pages: RoomPages = { list: OrderListPage, order: OrderPage }
