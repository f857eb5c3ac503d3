import type { Prng } from '../../../../kernel/prng.ts'
import { sketchEvents } from '../../../people/server/testing/feed-events.ts'
import { NOW } from './invent-segments.ts'
import type { SlowEvent } from './slow-segment.ts'

const DAY = 86_400_000
const PHONE = 'Mozilla/5.0 (Linux; Android 15) Mobi'
const COMPUTER = 'Mozilla/5.0 (X11)'

interface Drawn {
  kind?: 'page' | 'track' | 'identify'
  name?: string
  order?: string
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context?: Record<string, unknown>
  row?: Partial<SlowEvent>
}

/** Visitors with ties in time, orders told twice and dearer, changes of mind, silences and clocks set back. */
export function inventEvents(prng: Prng, shop: number, visitors: number): SlowEvent[] {
  const drawn: (Drawn & { who: string; at: number })[] = []
  for (let visitor = 0; visitor < visitors; visitor++) {
    let at = NOW - 90 * DAY + prng.below(60) * DAY
    for (let step = 1 + prng.below(18); step > 0; step--) {
      at += prng.pick([0, 0, 1, 60_000, DAY, 3 * DAY, 12 * DAY, 31 * DAY, -DAY] as const)
      drawn.push({ ...inventEvent(prng, `v${visitor}`), who: `v${visitor}`, at })
    }
  }
  const rows = sketchEvents(
    shop,
    drawn.map(({ who, at, row: _, ...rest }, index) => ({
      ...(who === 'v0' ? { user: who } : { anonymous: who }),
      ...rest,
      at,
      messageId: `e${index}`,
    })),
  )
  return rows.map((row, index) => ({ ...row, device: '', ...drawn[index]?.row }))
}

function inventEvent(prng: Prng, who: string): Drawn {
  const order = `${who}-${prng.below(3)}`
  switch (prng.below(8)) {
    case 0:
      return {
        name: prng.pick(['Order Completed', 'Order Placed']),
        order,
        row: { amount: prng.pick([500, 700, null]), currency: prng.pick(['UAH', 'UAH', 'EUR']) },
      }
    case 1:
      return {
        name: prng.pick([
          'Order Delivered',
          'Order Refused',
          'Order Cancelled',
          'Order Paid',
          'Payment Completed',
        ]),
        order: prng.below(6) === 0 ? '' : order,
      }
    case 2: {
      const score = 1 + prng.below(5)
      const kind = prng.pick(['csat', 'nps'])
      return {
        name: 'Feedback Given',
        properties: prng.below(6) === 0 ? { kind } : { kind, score },
        row: { touchpoint: 'survey', valence: kind === 'csat' ? (score - 3) / 2 : null },
      }
    }
    case 3:
      return {
        name: 'Standard Measured',
        row: { touchpoint: 'chat', measure: 'days_late', measured: prng.pick([-1, 0, 2, null]) },
      }
    case 4:
      return {
        kind: 'identify',
        traits: prng.pick<Record<string, unknown>>([
          { city: 'Київ' },
          { city: 'Львів', bonus: 12 },
          { bonus: 3 },
          {},
        ]),
      }
    case 5:
      return {
        name: 'Chatted',
        properties: { plan: prng.pick(['gold', 'silver']) },
        row: { touchpoint: 'chat', stage: 'contact', channel: 'chat' },
      }
    default:
      return inventPage(prng)
  }
}

function inventPage(prng: Prng): Drawn {
  const device = prng.pick(['phone', 'computer', ''] as const)
  const userAgent = { phone: PHONE, computer: COMPUTER, '': undefined }[device]
  return {
    kind: 'page',
    context: userAgent === undefined ? {} : { userAgent },
    row: {
      device,
      touchpoint: prng.pick(['product_page', 'cart', '']),
      arrival: prng.pick(['', '', 'search_ad']),
      stage: 'site',
      channel: 'site',
      utm_source: prng.pick(['', 'google']),
      utm_campaign: prng.pick(['', 'spring']),
    },
  }
}
