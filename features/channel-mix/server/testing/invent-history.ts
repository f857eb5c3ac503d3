import type { Prng } from '../../../../kernel/prng.ts'
import type { TimeRange } from '../../../../kernel/time.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import { sketchEvents } from '../../../people/server/testing/feed-events.ts'
import type { CareWay } from '../../vocabulary.ts'
import type { Told } from './slow-mix.ts'

const DAY = 86_400_000

const TOUCHPOINTS: Partial<Record<CareWay, [touchpoint: string, channel: string]>> = {
  phone: ['phone_call', 'phone'],
  email: ['email_form', 'form'],
  chat: ['chat', 'site'],
  messenger: ['chat', 'messenger'],
  faq: ['faq', 'search_ad'],
}
const STEPS = {
  placed: 'order_completed',
  shipped: 'Order Shipped',
  received: 'Order Delivered',
  refused: 'Order Refused',
  cancelled: 'Order Cancelled',
} as const

/** Ties, gaps of more and less than a silence, orders told before and behind the period, two orders at one instant. */
export function inventHistory(prng: Prng, period: TimeRange): Told[] {
  const told: Told[] = []
  for (let person = 0; person < 60; person++) {
    let at = period.from - 110 * DAY + prng.below(150) * DAY
    const orders: string[] = []
    for (let left = 4 + prng.below(16); left > 0; left--) {
      at += prng.pick([0, 1, DAY, 3 * DAY, 29 * DAY, 30 * DAY, 31 * DAY, -2 * DAY] as const)
      const order = prng.below(5) === 0 ? `o${person}-${orders.length}` : undefined
      if (order) orders.push(order)
      const own = orders.length > 0 && prng.below(2) === 0 ? pickOne(prng, orders) : undefined
      told.push({
        id: `e${told.length}`,
        who: `v${person}`,
        at,
        ...(order ? placing(prng, order) : fact(prng, own)),
      })
    }
  }
  return told
}

const pickOne = <T>(prng: Prng, list: readonly T[]) => list[prng.below(list.length)] as T

function placing(prng: Prng, order: string): Partial<Told> {
  return {
    order,
    step: 'placed',
    amount: prng.pick([0, 100, 2_500, -300]),
    currency: prng.pick([undefined, 'UAH', 'EUR']),
    category: prng.pick(['tea', 'cups', 'rare']),
  }
}

function fact(prng: Prng, order: string | undefined): Partial<Told> {
  const ways = Object.keys(TOUCHPOINTS) as CareWay[]
  const facts: Partial<Told>[] = [
    { way: pickOne(prng, ways) },
    { way: pickOne(prng, ways) },
    { way: pickOne(prng, ways) },
    { isContact: true },
    { said: prng.pick([-1, -0.5, 0, 0.5, 1]) },
    { isSamePrice: prng.below(2) === 0 },
  ]
  if (order === undefined) return pickOne(prng, facts)
  const own: Partial<Told>[] = [
    { recommends: prng.below(11) },
    { late: prng.below(3) },
    { isCase: true },
    { step: 'received' },
    { step: 'refused', isFault: prng.below(2) === 0 },
    { step: 'shipped' },
    { step: 'cancelled' },
  ]
  return { order, ...pickOne(prng, [...facts, ...own]) }
}

export function toEvents(shop: number, told: readonly Told[]): FeedEvent[] {
  const rows = sketchEvents(
    shop,
    told.map((one) => ({
      anonymous: one.who,
      messageId: one.id,
      at: one.at,
      order: one.order,
      ...write(one),
    })),
  )
  return rows.map((row, index) => {
    const { way, isContact, said, late, isSamePrice, amount, currency, step } = told[index] as Told
    const [touchpoint, channel] = (way && TOUCHPOINTS[way]) ?? [isContact ? 'product_page' : '', 'site']
    const derived = { ...row, touchpoint, channel, valence: said ?? null }
    if (late !== undefined) return { ...derived, measure: 'days_late', measured: late }
    if (isSamePrice !== undefined) return { ...derived, measure: 'price_same', measured: isSamePrice ? 1 : 0 }
    return step === 'placed' ? { ...derived, amount: amount ?? null, currency: currency ?? '' } : derived
  })
}

function write({ step, way, said, recommends, isCase, isFault, category, late, isSamePrice }: Told) {
  if (step)
    return {
      name: STEPS[step],
      properties: {
        ...(category && { products: [{ category }] }),
        ...(isFault && { reason: 'Товар був РОЗБИТИЙ' }),
      },
    }
  if (recommends !== undefined)
    return { name: 'Feedback Given', properties: { kind: 'nps', score: recommends, scale_max: 10 } }
  if (said !== undefined) return { name: 'Feedback Given', properties: { kind: 'csat' } }
  if (late !== undefined || isSamePrice !== undefined) return { name: 'Standard Measured' }
  return { name: isCase ? 'Case Opened' : way ? 'Contact Started' : 'Product Viewed' }
}
