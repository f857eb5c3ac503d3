import { keepAdCosts } from '../../features/attribution/server/actions.ts'
import { hasAdCosts } from '../../features/attribution/server/reads.ts'
import type { Db } from '../../platform/postgres.ts'
import { drawAdCosts } from '../simulate/draw-ad-costs.ts'
import type { DemoShop } from './demo-shop.ts'

/** Gives the shop what its ads cost; one that is whole and has costs keeps those, the owner's own among them. */
export async function addDemoAdCosts(db: Db, { id, isWhole, options }: DemoShop): Promise<void> {
  if (isWhole && (await hasAdCosts(db, id))) return
  await keepAdCosts(db, id, 'UAH', drawAdCosts(options))
}
