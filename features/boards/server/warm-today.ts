import { formatDay, localDay } from '../../../kernel/time.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { answerChanges } from '../../changes/server/reads.ts'
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
  // As the page writes it: today is the last day, and the end is exclusive.
  const lastDays = { from: formatDay(today + 1 - NEWS_DAYS), to: formatDay(today + 1) }
  const questions: (() => Promise<unknown>)[] = [
    () => answerMap(deps, shop, { ...lastDays, compare: 'previous' }),
    ...FINDING_OUTCOMES.map((outcome) => () => answerDrivers(deps, shop, { outcome })),
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
