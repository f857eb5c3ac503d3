import type { App, Deps, Room } from '../../../platform/room.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addAuditRoutes } from './audit-routes.ts'
import { addAuthRoutes } from './auth-routes.ts'
import { accessMemoryOf } from './authenticator.ts'
import { housekeepingJob } from './housekeeping-job.ts'
import { addLinkRoutes } from './link-routes.ts'
import { addMemberRoutes } from './member-routes.ts'
import { directoryOf } from './reads.ts'
import { addShopRoutes } from './shop-routes.ts'
import { addSourceRoutes } from './source-routes.ts'
import { addTokenRoutes } from './token-routes.ts'
import { addTwoFactorRoutes } from './two-factor-routes.ts'

const parts = [
  addAuthRoutes,
  addLinkRoutes,
  addAccountRoutes,
  addTwoFactorRoutes,
  addShopRoutes,
  addMemberRoutes,
  addSourceRoutes,
  addTokenRoutes,
  addAuditRoutes,
]

function addRoutes(app: App, deps: Deps): void {
  app.register(async (scope) => {
    forgetAfterChanges(scope, deps)
    for (const add of parts) add(scope, deps)
  })
}

/** Whatever was changed counts from the very next request on: what is remembered is forgotten before the answer. */
function forgetAfterChanges(app: App, deps: Deps): void {
  app.addHook('onSend', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    accessMemoryOf(deps).forget()
    directoryOf(deps).expire()
  })
}

/** Who works for which shop, how they sign in, and by which keys events and programs come in. */
export const room: Room = { name: 'accounts', routes: addRoutes, jobs: [housekeepingJob] }
