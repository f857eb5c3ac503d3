import type { TimeRange } from '../../../kernel/time.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import { type GroundSide, JOURNEY_SILENCE_MS } from '../../reports/server/reads.ts'
import type { CareCodes } from './care-codes.ts'

/** What a statement of this room is made for. */
export interface MixPlan {
  shop: number
  /** Orders placed in it. Half-open, ms since 1970. */
  period: TimeRange
  /** Money in other currencies is not added up. */
  currency: string
  codes: CareCodes
  persons: GroundSide['persons']
}

const DAY_MS = 86_400_000
/** A journey that ends in the period is followed back so far before its beginning. */
export const LOOK_BACK_MS = 90 * DAY_MS
/** Who ordered within so long before the period is a returning customer. */
export const RETURNS_WITHIN_MS = 365 * DAY_MS
/** An order owns what carries its id until so long after receipt, or after being placed where none is reported. */
export const OWNED_MS = 60 * DAY_MS
/** Orders are followed so far behind the period. */
export const FOLLOWED_MS = 120 * DAY_MS

/** Words by which a reason for refusing or returning says that the shop was at fault. */
const FAULTS = ['defect', 'damag', 'broken', 'faulty', 'wrong item', 'not as described', 'брак', 'дефект']
const MORE_FAULTS = ['поврежд', 'пошкодж', 'разбит', 'розбит', 'не тот', 'не той', 'не работает', 'не працює']

/** Parameters that the statements of this room share. */
export function planParams({ shop, period, currency, codes }: MixPlan): Record<string, unknown> {
  return {
    shop,
    ...period,
    currency,
    silence: JOURNEY_SILENCE_MS,
    placed_names: listEventNames(['placed']),
    received_names: listEventNames(['received']),
    refused_names: listEventNames(['refused']),
    returned_names: listEventNames(['returned']),
    cancelled_names: listEventNames(['cancelled']),
    shipped_names: listEventNames(['shipped']),
    faults: [...FAULTS, ...MORE_FAULTS],
    problem_names: ['case opened', 'complaint made', 'warranty requested'],
    no_contact: ['Standard Measured', 'Page Measured', 'Feedback Given'],
    // An array without a value has no type; '' is nobody's touchpoint.
    care: ['', ...codes.touchpoints],
    usual: [0, ...codes.usual],
    talks: ['', ...codes.channels],
    talk_bits: [0, ...codes.bits],
    fixed: ['', ...codes.fixed],
    fixed_bits: [0, ...codes.fixedBits],
  }
}
