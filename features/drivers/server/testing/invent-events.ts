import type { Prng } from '../../../../kernel/prng.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import { sketchEvents } from '../../../people/server/testing/feed-events.ts'

const DAY = 86_400_000
const FROM = Date.UTC(2026, 0, 10)
/** The place of the invention that is an order. */
const ORDER = 5

type Change = Partial<FeedEvent> & { name?: string; properties?: string }

/** Everything that may happen, with texts, numbers, gaps and nonsense where texts are expected. */
function inventEvent(prng: Prng, visitor: number): Change {
  const order_id = prng.pick(['', `o${visitor}-1`, `o${visitor}-1`, `o${visitor}-2`] as const)
  const contact_id = prng.pick([`c${visitor}-1`, 7 as unknown as string] as const)
  const odd = prng.pick(['да', 1, true, 4.5, null, { a: 1 }, ['x'], 'д'.repeat(100)] as const)
  const of = (name: string, properties: object, more: Change = {}): Change => ({
    ...{ name, order_id, properties: JSON.stringify(properties) },
    ...more,
  })
  const inventions: [() => Change, ...(() => Change)[]] = [
    () => ({
      ...of(
        '',
        { category: odd, colour: 'красный' },
        { kind: 'page', touchpoint: 'catalogue', order_id: '' },
      ),
      ...{ arrival: prng.pick(['', 'search_ad']), utm_source: prng.pick(['', 'google']) },
      context: prng.pick(['{"userAgent":"Mozilla/5.0 Mobi"}', '{"userAgent":"Mozilla/5.0"}', '{}']),
    }),
    () =>
      of(
        'Product Viewed',
        { colour: prng.pick<unknown>(['красный', odd]) },
        { touchpoint: 'product_page', order_id: '' },
      ),
    () =>
      of(
        'Contact Started',
        { contact_id, channel: 'chat', topic: odd },
        { touchpoint: 'chat', order_id: '' },
      ),
    () =>
      of(
        'Contact Answered',
        { contact_id, by: prng.pick(['human', 'bot']), operator: odd },
        { touchpoint: 'chat' },
      ),
    () => {
      const measured = prng.pick([10, 300, 2000])
      const properties = { of: contact_id, first_answer_seconds: measured }
      return of('Standard Measured', properties, {
        touchpoint: 'chat',
        measure: 'first_answer_seconds',
        measured,
      })
    },
    () => {
      const goods: unknown = [{ category: 'A', photos: 3, description_length: '120' }]
      const products = prng.pick<unknown>([goods, [], 'none'])
      const properties = {
        total: prng.pick<unknown>([400, '600', odd]),
        region: odd,
        payment_method: 'card',
        products,
      }
      const more: Change = {
        touchpoint: 'confirmation',
        amount: prng.pick([null, 12_300]),
        currency: prng.pick(['', 'UAH', 'HUF']),
      }
      return of(prng.pick(['Order Completed', 'order_placed']), properties, more)
    },
    () => of(prng.pick(['Order Arrived', 'Order Delivered', 'Order Refused', 'order-cancelled']), {}),
    () => of('Order Packed', { insert: prng.pick<unknown>(['card', 'none', odd]) }),
    () => {
      const measured = prng.pick([0, 1, 4])
      return of(
        'Standard Measured',
        { of: order_id },
        { touchpoint: 'carrier', measure: 'days_late', measured },
      )
    },
    () =>
      of('Feedback Given', {
        kind: 'nps',
        score: prng.pick<unknown>([0, 9, '10', odd]),
        scale_max: prng.pick([10, 5, null]),
      }),
    () =>
      of(
        'Feedback Given',
        { kind: 'csat', contact_id, operator: odd },
        { touchpoint: 'chat', valence: prng.pick([-1, 0.5]) },
      ),
    () => of('Case Opened', { case_id: odd, contact_id }, { touchpoint: 'warranty' }),
    () => of('Case Resolved', { case_id: odd, solved: prng.pick([1, 0, true]) }, { touchpoint: 'warranty' }),
    () => of(prng.pick(['Newsletter Subscribed', 'Email Delivered', 'Email Opened']), {}, { order_id: '' }),
    () => of('Guide opened', {}),
    () => of('Nothing of note', { total: 900 }),
  ]
  const ways = [
    ...inventions,
    inventions[ORDER],
    inventions[ORDER],
    () => of('Order Delivered', {}),
  ] as typeof inventions
  return prng.pick(ways)()
}

/** Visitors with gaps of seconds to weeks between what they do. */
export function inventRows(shop: number, prng: Prng): FeedEvent[] {
  return Array.from({ length: 120 }, (_, visitor) => {
    let at = FROM + prng.below(70) * DAY
    const sketches = Array.from({ length: 3 + prng.below(14) }, (__, index) => {
      at += prng.pick([0, 0, 60_000, 3_600_000, DAY, 4 * DAY, 25 * DAY] as const)
      return { anonymous: `v${visitor}`, at, messageId: `${visitor}.${index}` }
    })
    return sketchEvents(shop, sketches).map((row) => ({ ...row, ...inventEvent(prng, visitor) }))
  }).flat()
}

/** As the store derives it. */
export const deviceOf = ({ kind, context }: FeedEvent) =>
  kind !== 'page' ? '' : context.includes('Mobi') ? 'phone' : context.includes('Mozilla/') ? 'computer' : ''
