import { AppError } from '../../../kernel/errors.ts'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { WorkingHours } from '../contract.ts'
import { getWorkingHours, setWorkingHours } from './hours-store.ts'

const tags = ['standards']

/** When people of the shop are at work, for the standards that count working time. */
export function addHoursRoutes(app: App, { db }: Deps): void {
  app.get(
    '/api/shops/:shop/working-hours',
    { schema: { tags, response: { 200: WorkingHours } } },
    async (request) => getWorkingHours(db, getShop(request).id),
  )

  app.put(
    '/api/shops/:shop/working-hours',
    { schema: { tags, body: WorkingHours, response: { 200: WorkingHours } } },
    async (request) => {
      const { id: shop } = getShop(request)
      if (request.body.closes <= request.body.opens)
        throw new AppError('validation_failed', 'closes is later than opens.')
      await db.transaction(async (tx) => {
        await setWorkingHours(tx, shop, request.body)
        const actor = getPrincipal(request)
        await recordAudit(tx, { shop, actor, action: 'working_hours.changed', target: '' })
      })
      return getWorkingHours(db, shop)
    },
  )
}
