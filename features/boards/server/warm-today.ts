import { type Day, formatDay, localDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerChanges } from '../../changes/server/reads.ts'
import { USUAL_DAYS } from '../../drivers/contract.ts'
import { answerDrivers } from '../../drivers/server/actions.ts'
import { isAnyImportRunning } from '../../imports/server/reads.ts'
import { answerMap } from '../../journeys/server/reads.ts'
import { FINDING_OUTCOMES, NEWS_DAYS } from '../vocabulary.ts'

/**
 * Asks what the first page and the usual report of drivers will ask today, one after another, so that whoever comes first in
 * the morning finds the answers in memory. False when an import began meanwhile: what it brings would change them all.
 */
export async function warmToday(deps: Deps, shop: ShopContext): Promise<boolean> {
  const today = localDay(deps.now(), shop.timeZone)
  const questions: (() => Promise<unknown>)[] = [
    () => answerMap(deps, shop, { ...lastDays(NEWS_DAYS, today), compare: 'previous' }),
    ...FINDING_OUTCOMES.map(
      (outcome) => () => answerDrivers(deps, shop, { ...lastDays(USUAL_DAYS[outcome], today), outcome }),
    ),
    () => answerChanges(deps, shop, {}),
  ]
  for (const ask of questions) {
    if (await isAnyImportRunning(deps.db)) return false
    await ask().catch((err: unknown) => {
      deps.log.debug({ err, shop: shop.id }, 'a report could not be made ready; whoever opens it is told why')
    })
  }
  return true
}

/** As the pages write a period: today is its last day, and the end is exclusive. */
function lastDays(days: number, today: Day): { from: string; to: string } {
  return { from: formatDay(today + 1 - days), to: formatDay(today + 1) }
}
