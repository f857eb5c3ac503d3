import type { RoomPages } from '../../../web/rooms.ts'
import { ImportListPage } from './import-list.tsx'
import { ImportPage } from './import-page.tsx'
import { NewImportPage } from './new-import-page.tsx'

export const pages: RoomPages = { list: ImportListPage, new: NewImportPage, one: ImportPage }
