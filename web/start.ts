import '@fontsource-variable/inter/index.css'
import './styles/mantine.css'
import '@mantine/notifications/styles.css'
import './styles/tokens.css'
import './styles/base.css'
import { mapRequests } from '../features/journeys/web/map-requests.ts'
import { questionOf, readSearch } from '../features/journeys/web/map-search.ts'
import { api } from './api-client.ts'
import { readAddress } from './read-address.ts'
import type { Session } from './session.ts'
import { fetchWords, startingLanguage } from './words.ts'

/**
 * The first code of the page, small so that it runs at once: while the rest is still being fetched, compiled and run,
 * whatever it is going to ask for is on its way.
 */
const address = readAddress(location)

void fetchWords(startingLanguage(), 'first').catch(ignore)
void document.fonts?.load("1em 'Inter Variable'", 'aя').catch(ignore)
if (address.isBehindSignIn) askEarly()
void import('./main.tsx')

function askEarly(): void {
  void import('./shell/shop-layout.tsx').catch(ignore)
  const session = api.askEarly<Session>('/session')
  if (!address.isMap) return
  void import('../features/journeys/web/pages.tsx').catch(ignore)
  session.then(askForMap, ignore)
}

/** The days of the question are the shop's, so its zone has to be known first. */
function askForMap({ shops }: Session): void {
  const shop = address.shop === undefined ? shops[0] : shops.find(({ id }) => String(id) === address.shop)
  if (!shop) return
  const question = questionOf(readSearch(address.search), new Date(), shop.timeZone)
  const { map, registry, decisions } = mapRequests(shop.id, question)
  for (const { path, query } of [map, registry, decisions, { path: `/shops/${shop.id}/guide`, query: {} }])
    void api.askEarly(path, query)
}

/** Whoever needs it asks again, and says what is wrong. */
function ignore(): void {}
