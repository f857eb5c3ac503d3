import { orNotFound } from '../../../kernel/errors.ts'
import { formatDay, localDay, type TimeRange } from '../../../kernel/time.ts'
import type { Db } from '../../../platform/postgres.ts'
import { compileSegment, type Query } from './compile-segment.ts'
import { expandDefinition, listReferences } from './list-references.ts'
import { loadSegments } from './segment-store.ts'
import type { SegmentRow } from './segments-table.ts'

/** Of which shop, at what moment, and in which period of a report. */
export interface SegmentQuestion {
  id: number
  timeZone: string
  currency: string
  now: number
  /** For conditions "in the report's period"; without one they mean whenever. */
  period?: TimeRange
}

export interface SegmentPersonsSql extends Query {
  name: string
  /** Changes whenever other persons may belong though the events are the same: part of a cache's key. */
  version: string
}

/**
 * A saved segment for another room's statement: `WHERE <person> IN (${sql})`, where `<person>` is what
 * `personsJoin` gives. All parameters but `shop` begin with `segment_`. Fails with `not_found`.
 */
export async function segmentPersons(
  db: Db,
  shop: SegmentQuestion,
  segment: number,
): Promise<SegmentPersonsSql> {
  const all = await loadSegments(db, shop.id)
  const row = orNotFound(all.get(segment), 'The segment')
  const { timeZone, currency, now, period } = shop
  const plain = expandDefinition(row.definition, all, [segment])
  const query = compileSegment(plain, { shop: shop.id, timeZone, currency, now, period })
  return { ...query, name: row.name, version: versionOf(row, all, shop) }
}

/** The segments that there are, by name; for choosing one. */
export async function listSegmentNames(db: Db, shop: number): Promise<{ id: number; name: string }[]> {
  const all = await loadSegments(db, shop)
  return [...all.values()].map(({ id, name }) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The versions of the segment and of all that it refers to, and the day from which days are counted back. */
function versionOf(row: SegmentRow, all: ReadonlyMap<number, SegmentRow>, shop: SegmentQuestion): string {
  const seen = new Map<number, number>()
  const walk = ({ id, version, definition }: SegmentRow): void => {
    if (seen.has(id)) return
    seen.set(id, version)
    for (const other of listReferences(definition)) {
      const found = all.get(other)
      if (found) walk(found)
    }
  }
  walk(row)
  const versions = [...seen].map(([id, version]) => `${id}.${version}`).join('+')
  return `${versions} ${formatDay(localDay(shop.now, shop.timeZone))} ${shop.timeZone} ${shop.currency}`
}
