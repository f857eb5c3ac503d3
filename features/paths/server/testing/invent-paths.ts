import { identityKey } from '../../../../kernel/hash128.ts'
import type { Prng } from '../../../../kernel/prng.ts'
import type { Deps } from '../../../../platform/room.ts'
import { sketchContacts } from '../../../journeys/server/testing/record-contacts.ts'
import type { WalkedEvent } from './slow-walk.ts'

const DAY = 86_400_000
export const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 4, 30) }

type NamedEvent = WalkedEvent & { name: string }

/** Ties in time, long and short silences, clocks set back, orders, measurements that are no contacts. */
export function inventHistory(prng: Prng): NamedEvent[] {
  const events: NamedEvent[] = []
  for (let visitor = 0; visitor < 14; visitor++) {
    let at = PERIOD.from - 35 * DAY + prng.below(100) * DAY
    for (let step = prng.below(16); step >= 0; step--) {
      at += prng.pick([0, 0, 1, 60_000, 1_800_000, 1_800_001, DAY, 30 * DAY, 30 * DAY + 1, -DAY] as const)
      const what = prng.pick(['page', 'page', 'page', 'track', 'order', 'said', 'measured'] as const)
      const name = {
        page: '',
        track: 'Chat',
        order: 'order_completed',
        said: 'Feedback Given',
        measured: 'Page Measured',
      }
      events.push({
        ...{ id: `${visitor}-${step}`, who: `v${visitor}`, at, name: name[what] },
        touchpoint:
          what === 'order'
            ? prng.pick(['', 'checkout'])
            : prng.pick(['product_page', 'cart', 'chat', 'survey']),
        arrival: what === 'page' ? prng.pick(['', '', 'search_ad', 'blogger']) : '',
        isContact: what !== 'measured',
        order: what === 'order',
        amount: what === 'order' ? prng.below(9) * 100 : 0,
      })
    }
  }
  // What is said is a contact only where opinions are at home; an event without touchpoint is none.
  return events.map((event) => ({
    ...event,
    isContact:
      event.isContact &&
      (event.touchpoint !== '' || event.arrival !== '') &&
      (event.name !== 'Feedback Given' || event.touchpoint === 'survey'),
  }))
}

export async function recordHistory(
  { clickhouse, writer }: Pick<Deps, 'clickhouse' | 'writer'>,
  shop: number,
  events: readonly NamedEvent[],
  prng: Prng,
) {
  const rows = sketchContacts(
    shop,
    events.map(({ id, who, at, name, touchpoint, arrival, order }) => ({
      ...{
        id,
        who,
        at,
        name,
        touchpoint,
        arrival,
        kind: name === '' ? ('page' as const) : ('track' as const),
      },
      order: order ? `o-${id}` : '',
    })),
  ).map((row, at) => ({
    ...row,
    stage: row.touchpoint === 'survey' ? 'opinion' : 'site',
    amount: (events[at] as WalkedEvent).amount,
    currency: 'UAH',
  }))
  await writer.write(rows, [])
  await writer.write(
    rows.filter(() => prng.below(5) === 0),
    [],
  )
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
}
