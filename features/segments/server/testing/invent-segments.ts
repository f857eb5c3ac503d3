import type { Filter } from '../../../../kernel/filter/schema.ts'
import type { Prng } from '../../../../kernel/prng.ts'
import type { When, Which } from '../../contract.ts'
import type { PlainCondition, PlainDefinition } from '../list-references.ts'

export const NOW = Date.UTC(2026, 5, 15, 13, 30)

const WHENS: readonly [When | undefined, ...(When | undefined)[]] = [
  undefined,
  { lastDays: 7 },
  { lastDays: 40 },
  { from: '2026-04-01', to: '2026-05-10' },
  { period: 'report' },
]
const WHERES: readonly [Filter, ...Filter[]] = [
  { field: 'properties.plan', op: 'equals', value: 'gold' },
  { field: 'properties.score', op: 'at_least', value: 3 },
  { not: { field: 'utm_source', op: 'exists' } },
]
const TRAITS: readonly [Filter, ...Filter[]] = [
  { field: 'traits.city', op: 'equals', value: 'Київ' },
  { field: 'traits.city', op: 'not_equals', value: 'Київ' },
  { field: 'traits.city', op: 'not_exists' },
  { field: 'traits.bonus', op: 'at_least', value: 10 },
]

export function inventWhich(prng: Prng): Which {
  switch (prng.below(6)) {
    case 0:
      return {
        name: prng.pick(['Order Completed', 'Order Delivered', 'Feedback Given', 'Standard Measured']),
      }
    case 1:
      return { stage: prng.pick(['site', 'contact']) }
    case 2:
      return { channel: prng.pick(['site', 'chat']), where: prng.pick(WHERES) }
    case 3:
      return { where: prng.pick(WHERES) }
    default:
      return { touchpoint: prng.pick(['product_page', 'chat', 'cart', 'search_ad']) }
  }
}

/** Any condition that the room knows, with values that the invented histories have. */
export function inventCondition(prng: Prng): PlainCondition {
  const when = prng.pick(WHENS)
  const timed = when && { when }
  const state = prng.pick(['placed', 'paid', 'received', 'refused', 'cancelled'] as const)
  const times = { how: prng.pick(['at_least', 'at_most', 'exactly'] as const), n: prng.below(3) }
  const which = prng.pick(['any', 'last'] as const)
  switch (prng.below(14)) {
    case 0:
      return { about: 'known', is: prng.below(2) === 0 }
    case 1:
      return { about: 'trait', where: prng.pick(TRAITS) }
    case 2:
    case 3:
      return { about: 'event', which: inventWhich(prng), times, ...timed }
    case 4:
    case 5:
      return inventSequence(prng, timed)
    case 6:
      return { about: 'orders', state, times, ...timed }
    case 7:
      return {
        about: 'spent',
        state,
        how: prng.pick(['at_least', 'at_most']),
        amount: prng.below(4) * 500,
        ...timed,
      }
    case 8:
      return { about: 'last_order', how: prng.pick(['less', 'more']), days: 1 + prng.below(60) }
    case 9:
      return {
        about: 'answer',
        kind: prng.pick(['csat', 'nps']),
        low: prng.below(3),
        high: 3 + prng.below(3),
        which,
        ...timed,
      }
    case 10:
      return inventTouch(prng)
    case 11:
      return { about: 'device', is: prng.pick(['phone', 'computer']), ...timed }
    case 12:
      return { about: 'parcel', is: prng.pick(['late', 'on_time']), which, ...timed }
    default:
      return {
        about: 'attitude',
        how: prng.pick(['at_least', 'at_most']),
        value: prng.below(5) * 25 - 50,
        answers: 1 + prng.below(2),
        ...timed,
      }
  }
}

function inventSequence(prng: Prng, timed: { when: When } | undefined): PlainCondition {
  const steps = Array.from({ length: 2 + prng.below(3) }, () => inventWhich(prng))
  const window = prng.pick([undefined, 1, 3, 20])
  // Now and then back to where it began.
  if (prng.below(3) === 0) steps.push(steps[0] as Which)
  return { about: 'sequence', steps, ...(window && { withinDays: window }), ...timed }
}

function inventTouch(prng: Prng): PlainCondition {
  const by = prng.pick(['channel', 'touchpoint', 'source', 'campaign'] as const)
  const values = { channel: 'site', touchpoint: 'search_ad', source: 'google', campaign: 'spring' }
  return { about: 'touch', which: prng.pick(['first', 'last']), by, values: [values[by], 'chat'] }
}

/** Groups within groups, empty ones among them. */
export function inventDefinition(prng: Prng, depth = 0): PlainDefinition {
  const choice = depth > 2 ? 9 : prng.below(10)
  const parts = () => Array.from({ length: prng.below(4) }, () => inventDefinition(prng, depth + 1))
  if (choice < 2) return { all: parts() }
  if (choice < 4) return { any: parts() }
  if (choice < 5) return { not: inventDefinition(prng, depth + 1) }
  return inventCondition(prng)
}
