import type { Clickhouse } from '../../../../platform/clickhouse.ts'
import { type ActivityRow, activityQuery } from './people-query.ts'

/** When a person was met, over all their identities. Times in ms since 1970. */
export interface Activity {
  firstAt: number
  /** The identity under which the person was met first. */
  firstIdentity: string
  lastAt: number
  /** The identity by which the person stands in the list: the one seen last; of several the first by its text. */
  lastIdentity: string
}

/** Activity of persons by their identities; who was never seen is left out. */
export async function readActivity(
  clickhouse: Clickhouse,
  shop: number,
  identities: Map<string, string[]>,
): Promise<Map<string, Activity>> {
  const { sql, params } = activityQuery(shop, [...identities.values()].flat())
  const rows = await clickhouse.query<ActivityRow>(sql, { params })
  const byIdentity = new Map(rows.map((row) => [row.identity, row]))
  const found = new Map<string, Activity>()
  for (const [person, own] of identities) {
    const seen = own.flatMap((identity) => byIdentity.get(identity) ?? [])
    const activity = foldActivity(seen)
    if (activity) found.set(person, activity)
  }
  return found
}

export function foldActivity(rows: ActivityRow[]): Activity | undefined {
  let folded: Activity | undefined
  for (const { identity, first_at, last_at } of rows) {
    folded ??= { firstAt: first_at, firstIdentity: identity, lastAt: last_at, lastIdentity: identity }
    if (first_at < folded.firstAt) folded = { ...folded, firstAt: first_at, firstIdentity: identity }
    const isLater = last_at > folded.lastAt || (last_at === folded.lastAt && identity < folded.lastIdentity)
    if (isLater) folded = { ...folded, lastAt: last_at, lastIdentity: identity }
  }
  return folded
}
