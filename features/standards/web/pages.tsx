import type { RoomPages } from '../../../web/rooms.ts'
import { WorkingHoursSection } from './working-hours-form.tsx'

export const pages: RoomPages = { hours: WorkingHoursSection }
