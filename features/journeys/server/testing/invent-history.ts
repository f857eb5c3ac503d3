import type { Prng } from '../../../../kernel/prng.ts'
import type { ContactSketch } from './record-contacts.ts'

const DAY = 86_400_000

const TOUCHPOINTS = [
  'landing_page',
  'product_page',
  'site_search',
  'chat',
  'phone_call',
  'cart',
  'carrier',
  'survey',
  'complaint',
  'gone',
] as const
const ARRIVALS = ['', '', 'search_ad', 'blogger'] as const
const STEPS = [
  'Order Completed',
  'Order Shipped',
  'Order Delivered',
  'Order Refused',
  'Order Cancelled',
] as const

/** Some visitors with ties in time, repeats, long silences, orders that end and that don't, and clocks set back. */
export function inventHistory(prng: Prng, period: { from: number }): ContactSketch[] {
  const contacts: ContactSketch[] = []
  for (let visitor = 0; visitor < 12; visitor++) {
    let at = period.from - 40 * DAY + prng.below(150) * DAY
    for (let step = prng.below(25); step >= 0; step--) {
      at += prng.pick([0, 1, 1, 60_000, DAY, 12 * DAY, 31 * DAY, -DAY] as const)
      contacts.push(inventContact(prng, `v${visitor}`, at))
    }
  }
  const repeated = contacts.filter(() => prng.below(8) === 0)
  return [...contacts, ...repeated]
}

let made = 0

function inventContact(prng: Prng, who: string, at: number): ContactSketch {
  const base = { who, at, id: `h${made++}` }
  switch (prng.below(6)) {
    case 0:
      return { ...base, name: prng.pick(STEPS), touchpoint: 'checkout', order: `${who}-${prng.below(2)}` }
    case 1:
      return {
        ...base,
        name: 'Feedback Given',
        touchpoint: prng.pick(['chat', 'carrier', 'survey']),
        valence: (prng.below(5) - 2) / 2,
      }
    case 2:
      return {
        ...base,
        name: 'Standard Measured',
        touchpoint: 'carrier',
        measure: 'days_late',
        measured: prng.below(5) - 2,
      }
    case 3:
      return { ...base, touchpoint: 'chat', measure: 'first_answer_seconds', measured: prng.below(900) }
    default:
      return { ...base, kind: 'page', touchpoint: prng.pick(TOUCHPOINTS), arrival: prng.pick(ARRIVALS) }
  }
}
