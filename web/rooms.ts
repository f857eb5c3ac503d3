import type { ComponentType } from 'react'
import { loadFurtherWords } from './i18n.ts'

/** What `features/<room>/web/pages.tsx` exports as `pages`: its screens by the name that routes.tsx calls them. */
export type RoomPages = Record<string, ComponentType>

type RoomModule = { pages: RoomPages }

/** Each room's screens are a chunk of their own, fetched when one of them is opened (or about to be). */
const rooms = import.meta.glob<RoomModule>('../features/*/web/pages.tsx')

/** Finds one screen of a room, with its words. A room or screen that isn't there is an error of ours, named as such. */
export async function loadPage(room: string, name: string): Promise<{ default: ComponentType }> {
  const load = rooms[`../features/${room}/web/pages.tsx`]
  const isMap = room === 'journeys' && name === 'map'
  const [module] = await Promise.all([load?.(), isMap || loadFurtherWords()])
  const page = module?.pages[name]
  if (!page) throw new Error(`features/${room}/web/pages.tsx exports no page "${name}"`)
  return { default: page }
}
