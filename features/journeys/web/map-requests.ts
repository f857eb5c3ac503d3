import type { Query } from '../../../web/api-client.ts'
import type { MapQuestion } from '../contract.ts'

/** A map with more marks than this would show nothing else. */
const DECISIONS_AT_MOST = 200

/** What the map asks of the server, in one place, since it is asked before the page's code is there. */
export const mapRequests = (shop: number, question: MapQuestion) => {
  const { from, to } = question
  return {
    map: { path: `/shops/${shop}/journey-map`, query: question as Query },
    registry: { path: `/shops/${shop}/touchpoints`, query: {} as Query },
    decisions: { path: `/shops/${shop}/decisions`, query: { from, to, limit: DECISIONS_AT_MOST } as Query },
  }
}
