import { AppError } from '../../../kernel/errors.ts'
import { parseDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import type { OrderFilter } from '../contract.ts'
import type { ResolvedFilter } from './order-filter.ts'
import { dayText } from './order-result.ts'
import type { PeopleLookup } from './people-lookup.ts'

const MAX_IDENTITIES = 500

/**
 * Looks up what a filter leaves open: the shop's day of today, and whom the searched text may mean. Fails with
 * `validation_failed` for a day that no calendar has.
 */
export async function resolveFilter(
  deps: Deps,
  people: PeopleLookup,
  shop: ShopContext,
  filter: OrderFilter,
): Promise<ResolvedFilter> {
  for (const day of [filter.from, filter.to]) if (day !== undefined) refuseNoDay(day)
  const text = filter.q?.trim() ?? ''
  const identities =
    text === '' ? undefined : await people.findIdentitiesByText(deps.db, shop.id, text, MAX_IDENTITIES)
  return { ...filter, shop: shop.id, today: dayText(deps.now(), shop.timeZone), identities }
}

function refuseNoDay(day: string): void {
  if (parseDay(day) === undefined)
    throw new AppError('validation_failed', `${day} is not a day of the calendar.`)
}
