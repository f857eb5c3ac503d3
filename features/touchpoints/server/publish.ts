import type { Principal } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import type { RegistryContent, VersionOrigin } from '../contract.ts'
import { memoryOf } from './reads.ts'
import { reclassifierOf } from './reclassifier.ts'
import { listChanged, publishVersion, readPublished } from './registry-store.ts'

export interface Publishing {
  shop: number
  baseVersion: number
  content: RegistryContent
  by: Principal
  origin: Pick<VersionOrigin, 'kind' | 'of'>
}

/** Puts a registry in force: new events go by it at once, the history follows in the background. Returns its version. */
export async function publishRegistry(deps: Deps, given: Publishing): Promise<number> {
  const { shop, baseVersion, content, by, origin } = given
  const version = await deps.db.transaction(async (tx) => {
    const { registry } = await readPublished(tx, shop)
    const touchpoints = listChanged(registry, content)
    const made = await publishVersion(tx, {
      shop,
      baseVersion,
      content,
      origin: { ...origin, touchpoints },
      by: by.name,
    })
    await recordAudit(tx, {
      shop,
      actor: by,
      action: `touchpoints.${origin.kind}`,
      target: String(made),
      detail: { touchpoints, ...(origin.of === undefined ? {} : { of: origin.of }) },
    })
    return made
  })
  memoryOf(deps).expire()
  reclassifierOf(deps).wake(shop)
  return version
}
