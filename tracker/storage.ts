import { guard } from './guard.ts'

/**
 * The browser's storage, as far as there is one: even to name `localStorage` throws where the visitor blocks data of
 * sites, and writing throws where the place is used up. Then everything lives in the memory of the page.
 */
export const read = guard((name: string): string => localStorage[name])

/** Without a text the entry goes. */
export const write = guard((name: string, text?: string) => {
  if (text) localStorage[name] = text
  else delete localStorage[name]
})

/** Messages that wait for the next page stand in entries whose names begin so, one for each page that left some. */
export const KEPT = 'tropa.'

export const eachKept = guard((work: (name: string) => void) => {
  for (const name in localStorage) if (name.startsWith(KEPT)) work(name)
})
