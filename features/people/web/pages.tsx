import type { RoomPages } from '../../../web/rooms.ts'
import { ErasuresPage } from './erasures-page.tsx'
import { PeoplePage } from './people-page.tsx'
import { PersonPage } from './person-page.tsx'
import { SuggestionsPage } from './suggestions-page.tsx'

export const pages: RoomPages = {
  list: PeoplePage,
  person: PersonPage,
  suggestions: SuggestionsPage,
  erasures: ErasuresPage,
}
