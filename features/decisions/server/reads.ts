import { formatDay, localDay } from '../../../kernel/time.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import type { Decision, Verdict } from '../contract.ts'
import { answerVerdict, NEWS_MS, type VerdictShop } from './answer-verdict.ts'
import { type DecisionFilter, type StoredDecision, selectDecisions, toDecision } from './decision-store.ts'
import { nameOwners } from './name-owners.ts'

const MOST = 500
/** A verdict is a report of its own: the latest ones are enough for a page that sums up. */
const MOST_VERDICTS = 12

/** What the shop changed in a period (days of the shop, half-open), oldest first: to be marked on its trends. */
export async function listDecisions(
  db: Db,
  shop: number,
  filter: DecisionFilter = {},
): Promise<StoredDecision[]> {
  const rows = await selectDecisions(db, shop, filter, undefined, MOST)
  return rows.reverse().map(toDecision)
}

/** The decisions of the last half year that have begun, the latest first, each with what became of it. */
export async function readVerdicts(
  deps: Deps,
  shop: VerdictShop,
): Promise<{ decision: Decision; verdict: Verdict }[]> {
  const day = (ms: number) => formatDay(localDay(ms, shop.timeZone))
  const filter = { from: day(deps.now() - NEWS_MS), to: day(deps.now() + 86_400_000) }
  const rows = await selectDecisions(deps.db, shop.id, filter, undefined, MOST_VERDICTS)
  const told: { decision: Decision; verdict: Verdict }[] = []
  // One after another: each is a heavy statement of its own the first time.
  for (const decision of await nameOwners(deps.db, shop.id, rows.map(toDecision)))
    told.push({ decision, verdict: await answerVerdict(deps, shop, decision) })
  return told
}
