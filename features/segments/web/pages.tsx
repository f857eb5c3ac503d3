import type { RoomPages } from '../../../web/rooms.ts'
import { NewSegmentPage } from './new-segment-page.tsx'
import { SegmentPage } from './segment-page.tsx'
import { SegmentPeoplePage } from './segment-people-page.tsx'
import { SegmentsPage } from './segments-page.tsx'

export const pages: RoomPages = {
  list: SegmentsPage,
  new: NewSegmentPage,
  one: SegmentPage,
  people: SegmentPeoplePage,
}
