import { drainEffects, openBenchSystem } from '../bench/lib/open-bench-system.ts'
import type { Verdict } from '../features/decisions/contract.ts'
import { answerVerdict, type VerdictShop } from '../features/decisions/server/answer-verdict.ts'
import type { StoredDecision } from '../features/decisions/server/decision-store.ts'
import { type Day, formatDay } from '../kernel/time.ts'
import type { Deps } from '../platform/room.ts'
import { loadDemo } from './load/load-demo.ts'
import { readDemoOptions } from './options.ts'
import { ZONE } from './world/places.ts'

/**
 * Records the usual demo shop through the whole product and asks for verdicts on decisions that nobody took, on days on which nothing
 * was changed: how many of them call a difference? Usage: npx tsx demo/verify-verdicts.ts [persons]
 */
const PLACES = [
  ...['catalogue', 'product_page', 'chat', 'phone_call', 'checkout', 'confirming_call', 'confirmation'],
  ...['status_message', 'carrier', 'branch', 'courier', 'parcel'],
]
/** The first made-up day lies so long before the end of the history: all of it is over before the young come. */
const FIRST_DAYS_AGO = 448
const DAYS = { count: 9, apart: 35 }
const WEEKS = [2, 4, 8]
/** An order is waited for so long, and the week of the decision itself is in no comparison. */
const BESIDES_DAYS = 7 + 14

const options = readDemoOptions({ persons: process.argv[2] }, Date.now())
const system = await openBenchSystem('verdicts')
try {
  const { deps } = system
  const { shop } = await loadDemo(deps, options)
  await drainEffects(deps)
  const context = { id: shop.id, currency: 'UAH', timeZone: ZONE }
  for (const weeks of WEEKS) process.stdout.write(`${tell(weeks, await judgeAll(deps, context, weeks))}\n`)
} finally {
  await system.close()
}

async function judgeAll(deps: Deps, shop: VerdictShop, weeks: number): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let at = 0; at < DAYS.count; at++)
    for (const touchpoint of PLACES) {
      const day = options.end - FIRST_DAYS_AGO + at * DAYS.apart
      verdicts.push(await answerVerdict(deps, shop, makeUp(touchpoint, day, weeks)))
    }
  return verdicts
}

/** A decision that was taken back after so many weeks, about which nothing was expected. */
function makeUp(touchpoint: string, day: Day, weeks: number): StoredDecision {
  const moment = new Date(0).toISOString()
  return {
    ...{ id: 0, title: 'made up', touchpoint, stage: null, segment: null, owner: null },
    ...{ day: formatDay(day), endDay: formatDay(day + 7 * weeks + BESIDES_DAYS), state: 'undone' },
    ...{ cost: null, currency: 'UAH', expected: '', note: '' },
    ...{ expectedMeasure: null, expectedDirection: null, expectedSize: null },
    ...{ createdBy: 'made up', createdAt: moment, updatedAt: moment },
  }
}

function tell(weeks: number, verdicts: readonly Verdict[]): string {
  const called = verdicts.filter(({ word }) => word === 'better' || word === 'worse').length
  const judged = verdicts
    .flatMap(({ measures }) => measures)
    .filter(({ change, word }) => change !== null && word !== 'few_data' && word !== 'early')
  const below = judged.filter(({ change }) => (change?.p ?? 1) < 0.05).length
  return `${weeks} weeks: ${called} of ${verdicts.length} verdicts call a difference (${share(called, verdicts.length)}); ${below} of ${judged.length} measures have p < 0.05 (${share(below, judged.length)})`
}

function share(part: number, of: number): string {
  return `${((100 * part) / of).toFixed(1)} %`
}
