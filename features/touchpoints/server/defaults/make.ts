import type { Channel } from '../../../../kernel/channels.ts'
import type { Condition, Filter } from '../../../../kernel/filter/schema.ts'
import type { DefaultStage, Standard, Touchpoint } from '../../contract.ts'

export interface DefaultTouchpoint {
  key: string
  channel: Channel
  claims?: Touchpoint['claims']
  /** Nothing: only events that name the touchpoint belong to it. */
  rule?: Filter
  standards?: Standard[]
  /** A contact about an order that is on its way stands at delivery, after receipt at aftercare. */
  followsOrder?: boolean
}

/** The touchpoints of one stage as the registry holds them. */
export function makeStage(stage: DefaultStage, given: readonly DefaultTouchpoint[]): Touchpoint[] {
  return given.map(
    ({ key, channel, claims = 'moment', rule = null, standards = [], followsOrder = false }) => ({
      key,
      stage,
      stageWhileOrdered: followsOrder ? 'delivery' : null,
      stageAfterReceipt: followsOrder ? 'aftercare' : null,
      channel,
      name: null,
      claims,
      rule,
      standards,
      isOn: true,
    }),
  )
}

/** Events of one of these names, however their capitals are written. */
export function named(...names: string[]): Condition {
  return { field: 'name', op: 'in', value: names, ignoreCase: true }
}

export function throughChannel(...channels: Channel[]): Condition {
  return { field: 'channel', op: 'in', value: channels }
}

/** A page view, or what the tracker measured of one. */
const OF_A_PAGE: Filter = {
  any: [{ field: 'kind', op: 'equals', value: 'page' }, named('Page Measured')],
}

export function ofPage(where: Filter): Filter {
  return { all: [OF_A_PAGE, where] }
}

/** Pages whose address has one of these words as a whole step: `cart` is in /ru/cart/ and not in /cartridges. */
export function pagesUnder(...words: string[]): Filter {
  return ofPage({ any: words.flatMap((word) => [atPath(`*/${word}`), atPath(`*/${word}/*`)]) })
}

export function atPath(pattern: string): Condition {
  return { field: 'path', op: 'matches', value: pattern, ignoreCase: true }
}

/** Pages of shop engines that name what they show behind the address: /index.php?route=checkout/cart. */
export function onRoute(route: string): Filter {
  return ofPage({
    all: [
      { field: 'path', op: 'ends_with', value: 'index.php' },
      { field: 'url', op: 'contains', value: `route=${route}` },
    ],
  })
}

/** A contact that a person began, and what became of it. */
export const CONTACT = named('Contact Started', 'Contact Answered', 'Contact Link Clicked', 'Contact Ended')

export function anyOf(...any: Filter[]): Filter {
  return { any }
}

export function allOf(...all: Filter[]): Filter {
  return { all }
}

type Threshold = Omit<Standard, 'direction' | 'basis'>

/** Good up to `good`, bad beyond `bad`. */
export function atMost(threshold: Threshold): Standard {
  return { ...threshold, direction: 'at_most', basis: 'each' }
}

/** A fact that should be so: 1 is kept, 0 is missed. */
export function yes(measure: string, source: Standard['source']): Standard {
  return { measure, direction: 'at_least', good: 1, bad: 1, unit: 'yes_no', basis: 'each', source }
}

/** Core Web Vitals, "good" and "poor" by web.dev/vitals: judged on the 75th percentile of loads of a page template. */
export function webVital(measure: 'lcp' | 'inp'): Standard {
  const [good, bad] = measure === 'lcp' ? [2_500, 4_000] : [200, 500]
  return { measure, direction: 'at_most', good, bad, unit: 'ms', basis: 'p75', source: 'W' }
}
