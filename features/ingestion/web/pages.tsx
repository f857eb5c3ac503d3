import type { RoomPages } from '../../../web/rooms.ts'
import { DebuggerPage } from './debugger-page.tsx'

export const pages: RoomPages = { debugger: DebuggerPage }
