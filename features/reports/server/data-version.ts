import type { Deps } from '../../../platform/room.ts'
import { linkVersion } from '../../people/server/reads.ts'
import { getRegistry } from '../../touchpoints/server/reads.ts'

/**
 * A text that changes with the events, who is who, or the registry. It reads the store's list of parts and not the
 * events: a merge of parts keeps it, an insert, a deletion and a re-classification change it.
 */
export async function readDataVersion(deps: Deps, shop: number): Promise<string> {
  const [parts, links, registry] = await Promise.all([
    deps.clickhouse.query<{ version: string }>(
      `SELECT toString(groupBitXor(cityHash64(partition_id, newest, changed))) AS version FROM (
         SELECT partition_id, max(max_block_number) AS newest, max(data_version) AS changed FROM system.parts
         WHERE active AND database = currentDatabase() AND table = 'events' GROUP BY partition_id)`,
    ),
    linkVersion(deps, shop),
    getRegistry(deps, shop),
  ])
  return `${parts[0]?.version ?? ''} ${links} ${registry.version}`
}
