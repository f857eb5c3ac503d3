import { readField } from '../../../kernel/filter/fields.ts'
import type { Deps } from '../../../platform/room.ts'
import type { FunnelFields } from '../contract.ts'
import { BREAKDOWN_COLUMNS } from '../vocabulary.ts'

const DAY_MS = 86_400_000
/** Events looked at; whoever they are of is chance, since they lie in the order of their identities. */
const MAX_EVENTS = 100_000
const MAX_FIELDS = 200

interface FieldRow {
  field: string
  kind: 'text' | 'number' | 'yes_no'
  values: number
}

/** By what a funnel's persons can be told apart: columns, and the properties and traits of the latest events. */
export async function listFields({ clickhouse, now }: Deps, shop: number): Promise<FunnelFields> {
  const columns = BREAKDOWN_COLUMNS.map((column) => `('${column}', '"', toString(${column}))`)
  const keysOf = (texts: string) =>
    `arrayMap(one -> (concat('${texts}.', one.1), substring(one.2, 1, 1), one.2), JSONExtractKeysAndValuesRaw(${texts}))`
  const sql = `SELECT part.1 AS field, multiIf(topK(1)(part.2)[1] = '"', 'text', topK(1)(part.2)[1] IN ('t', 'f'), 'yes_no', 'number') AS kind,
  uniq(part.3) AS values
FROM (
SELECT arrayJoin(arrayConcat([${columns.join(', ')}], ${keysOf('properties')}, ${keysOf('traits')})) AS part
FROM events WHERE shop = {shop:UInt32} AND ts >= fromUnixTimestamp64Milli({from:Int64}) LIMIT {events:UInt32}
)
WHERE part.3 NOT IN ('', '""', 'null') AND part.2 NOT IN ('{', '[')
GROUP BY field ORDER BY count() DESC, field LIMIT {fields:UInt32}`
  const params = { shop, from: now() - 90 * DAY_MS, events: MAX_EVENTS, fields: MAX_FIELDS }
  const items = await clickhouse.query<FieldRow>(sql, { params, kind: 'report' })
  // A name with a dot in it, for example, no path can reach.
  return { items: items.filter(({ field }) => typeof readField(field) !== 'string' || isColumn(field)) }
}

const isColumn = (field: string) => (BREAKDOWN_COLUMNS as readonly string[]).includes(field)
