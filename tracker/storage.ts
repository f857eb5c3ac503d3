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

/** Messages that wait for the next page are stored by their ids, which begin so. */
export const MESSAGE = 'tropa.'

export const eachMessage = guard((work: (id: string) => void) => {
  for (const name in localStorage) if (name.startsWith(MESSAGE)) work(name)
})

/**
 * A cookie of the shop's own for a year, so that the id outlives a cleared storage; Safari keeps it for a week. Browsers
 * ask another process for it while the page waits: it is read and written as seldom as can be. In a sandboxed frame even
 * to look at it throws.
 */
export const readCookie = guard(() => document.cookie.replace(/.*tropa=(\w+).*|.*/, '$1'))

export const writeCookie = guard((text: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API answers later, and older Safaris lack it.
  document.cookie = `tropa=${text};path=/;max-age=${text ? 3e7 : 0};secure`
})
