import type { RoomPages } from '../../../web/rooms.ts'
import { ScenariosPage } from './scenarios-page.tsx'
import { TouchpointsPage } from './touchpoints-page.tsx'

export const pages: RoomPages = { touchpoints: TouchpointsPage, scenarios: ScenariosPage }
