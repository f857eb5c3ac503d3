import { Type } from 'typebox'
import { getPrincipal, getShop } from '../../../platform/http/access.ts'
import { ErrorBody } from '../../../platform/http/errors.ts'
import type { App, Deps } from '../../../platform/room.ts'
import { readSystemState, resumeSystem } from '../../../platform/system-state.ts'
import { TROPA_VERSION } from '../../../platform/version.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import { SystemInfo } from '../contract.ts'

const Params = Type.Object({ shop: Type.Integer() })

export function addUpkeepRoutes(app: App, deps: Deps): void {
  app.get(
    '/api/shops/:shop/system',
    { schema: { tags: ['upkeep'], params: Params, response: { 200: SystemInfo } } },
    () => describeSystem(deps),
  )

  app.post(
    '/api/shops/:shop/system/resume',
    { schema: { tags: ['upkeep'], params: Params, response: { 200: SystemInfo, 403: ErrorBody } } },
    async (request) => {
      await deps.db.transaction(async (tx) => {
        await resumeSystem(tx)
        await recordAudit(tx, {
          shop: getShop(request).id,
          actor: getPrincipal(request),
          action: 'system.resumed',
          target: 'system',
        })
      })
      return describeSystem(deps)
    },
  )
}

async function describeSystem(deps: Deps): Promise<SystemInfo> {
  const state = await readSystemState(deps.db)
  return {
    version: TROPA_VERSION,
    epoch: state.epoch,
    pausedReason: state.pausedReason === null ? null : 'restored',
    lastBackupAt: state.lastBackupAt?.toISOString() ?? null,
    embedded: deps.settings.embedded,
    publicUrl: deps.settings.publicUrl,
    lagSeconds: deps.runner.lagSeconds(),
  }
}
