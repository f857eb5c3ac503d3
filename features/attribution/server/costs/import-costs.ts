import { AppError } from '../../../../kernel/errors.ts'
import { cleanText, cutText } from '../../../../kernel/text.ts'
import { localDay } from '../../../../kernel/time.ts'
import type { Db } from '../../../../platform/postgres.ts'
import { recordAudit } from '../../../accounts/server/actions.ts'
import type { Source } from '../../../imports/server/reads.ts'
import type { CostImport, CostImportQuestion } from '../../contract.ts'
import type { CostRow } from '../reading/read-cost-row.ts'
import { type CostsRead, readCosts } from '../reading/read-costs.ts'
import { countKnown, saveCosts } from './cost-store.ts'
import { findChannel } from './cost-ways.ts'

export interface CostsInto {
  shop: { id: number; timeZone: string; currency: string }
  now: number
  actor: Parameters<typeof recordAudit>[1]['actor']
}

/**
 * Reads a table of ad costs and, when told to and nothing stands in the way, keeps it: days of campaigns that stood
 * already take the new figures, so the same file twice is the same as once. Says what was found in either case.
 */
export async function importCosts(
  db: Db,
  source: Source,
  { save = false, name, ...how }: CostImportQuestion,
  { shop, now, actor }: CostsInto,
): Promise<CostImport> {
  const today = localDay(now, shop.timeZone)
  const read = await readCosts(source, { ...how, currency: shop.currency, today })
  const found = describe(read, shop.currency)
  const replaced = await countKnown(db, shop.id, read.costs)
  if (!save) return { ...found, replaced }
  if (found.problems.length > 0)
    throw new AppError(
      'unprocessable',
      `The costs can’t be kept yet: ${found.problems.map(explain).join(' ')}`,
      {
        details: { problems: found.problems },
      },
    )
  await db.transaction(async (tx) => {
    await saveCosts(tx, shop.id, shop.currency, read.costs)
    const detail = { entries: found.entries, amount: found.amount, ...found.days }
    await recordAudit(tx, {
      shop: shop.id,
      actor,
      action: 'ad_costs.imported',
      target: cutText(cleanText(name), 200),
      detail,
    })
  })
  return { ...found, replaced, isSaved: true }
}

function explain(problem: CostImport['problems'][number]): string {
  const sentences = {
    no_source: 'no column says where the clicks came from: name the source (utm_source).',
    ambiguous_days: 'days like 03/04 can be read two ways: say whether the day or the month comes first.',
    ambiguous_amounts: 'amounts like 1,234 can be read two ways: say which mark stands before the decimals.',
    no_rows: 'no row could be used.',
  }
  return sentences[problem]
}

function describe(read: CostsRead, currency: string): Omit<CostImport, 'replaced'> {
  const { costs, problems, ...rest } = read
  const days = costs.map(({ day }) => day).sort()
  const [from, to] = [days[0], days.at(-1)]
  const names = new Set(costs.map(({ source, campaign }) => `${source}\u001f${campaign}`))
  return {
    ...rest,
    isSaved: false,
    problems: costs.length === 0 ? [...problems, 'no_rows'] : problems,
    days: from === undefined || to === undefined ? null : { from, to },
    entries: costs.length,
    amount: costs.reduce((sum, { amount }) => sum + amount, 0),
    currency,
    campaigns: names.size,
    channels: sumByChannel(costs),
  }
}

function sumByChannel(costs: readonly CostRow[]): CostImport['channels'] {
  const sums = new Map<string, number>()
  for (const cost of costs) {
    const channel = findChannel(cost)
    sums.set(channel, (sums.get(channel) ?? 0) + cost.amount)
  }
  return [...sums].map(([channel, amount]) => ({ channel, amount })).sort((a, b) => b.amount - a.amount)
}
