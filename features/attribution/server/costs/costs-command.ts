import { resolve } from 'node:path'
import { AppError } from '../../../../kernel/errors.ts'
import { formatMoney } from '../../../../kernel/money.ts'
import type { CommandOutput } from '../../../../platform/command-output.ts'
import type { Deps } from '../../../../platform/room.ts'
import { chooseShop, getShopSettings } from '../../../accounts/server/reads.ts'
import type { CostImport, CostImportQuestion } from '../../contract.ts'
import { importCosts } from './import-costs.ts'

export interface CostsArgs extends Omit<CostImportQuestion, 'name' | 'save'> {
  path: string
  shop?: string
}

const DONE = 0
const FAILED = 1
const SHOWN_BAD = 10

/** Options as the command line has them. Fails with `bad_request` for a choice that isn't one. */
export function readCostsArgs(path: string, options: Record<string, string | undefined>): CostsArgs {
  const { shop, source, medium, dateOrder, decimal } = options
  if (dateOrder !== undefined && dateOrder !== 'dmy' && dateOrder !== 'mdy')
    throw new AppError('bad_request', `--date-order is dmy or mdy, not ${dateOrder}.`)
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw new AppError('bad_request', `--decimal is . or a comma, not ${decimal}.`)
  return { path, shop, source, medium, dateOrder, decimal }
}

/** `tropa import ad-costs <csv>`: keeps what can be kept, and says which lines can't. */
export async function importCostsCommand(
  deps: Deps,
  { path, shop: asked, ...how }: CostsArgs,
  output: CommandOutput,
): Promise<number> {
  const { id, name } = await chooseShop(deps.db, asked)
  const settings = await getShopSettings(deps, id)
  const found = await importCosts(
    deps.db,
    resolve(path),
    { ...how, name: path, save: true },
    {
      shop: { id, timeZone: settings.timeZone, currency: settings.currency },
      now: deps.now(),
      actor: 'cli',
    },
  )
  output.json({ shop: { id, name }, ...found })
  for (const line of tell(found)) output.line(line)
  return found.bad === found.rows ? FAILED : DONE
}

function tell({ entries, replaced, campaigns, days, amount, currency, bad, badRows }: CostImport): string[] {
  const money = formatMoney(amount, currency, 'en')
  return [
    `${entries} days of ${campaigns} campaigns, ${days?.from} to ${days?.to}: ${money}. ${replaced} of them stood already and took the new figures.`,
    ...badRows
      .slice(0, SHOWN_BAD)
      .map(({ line, reason, detail }) => `Line ${line} was left out: ${reason} “${detail}”.`),
    ...(bad > SHOWN_BAD ? [`… and ${bad - SHOWN_BAD} more lines.`] : []),
  ]
}
