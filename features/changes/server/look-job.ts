import type { Deps, Job } from '../../../platform/room.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { lookAndKeep } from './look.ts'

/** Every night each shop is looked at; new alarms come with the first night of a week. A shop that fails doesn't stop the others. */
async function lookAtAll(deps: Deps): Promise<void> {
  for (const shop of await listShops(deps.db)) {
    await lookAndKeep(deps, shop).catch((err: unknown) => {
      deps.log.warn(
        { err, shop: shop.id },
        'what changed could not be looked at; the next night will try again',
      )
    })
  }
}

export const lookJob: Job = { name: 'changes-look', cron: '20 4 * * *', run: lookAtAll }
