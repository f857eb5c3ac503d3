import { and, eq, isNull, sql } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { foldCase } from '../../../kernel/filter/fold.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Definition, Segment } from '../contract.ts'
import { expandDefinition, listReferences } from './list-references.ts'
import { type SegmentRow, segments } from './segments-table.ts'

/** What of a segment is written. */
export interface SegmentFields {
  name: string
  note: string
  definition: Definition
}

/** More than a shop can keep apart; all of them are read at once to follow references. */
export const MAX_SEGMENTS = 500

/** All segments of a shop by id. Inside a change they are locked, so that two changes at once can't close a circle. */
export async function loadSegments(
  db: Db,
  shop: number,
  options: { lock?: boolean } = {},
): Promise<Map<number, SegmentRow>> {
  const query = db
    .select()
    .from(segments)
    .where(and(eq(segments.shop, shop), isNull(segments.removedAt)))
    .orderBy(segments.id)
  const rows = await (options.lock ? query.for('update') : query)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function getSegment(db: Db, shop: number, id: number): Promise<Segment> {
  const all = await loadSegments(db, shop)
  return toSegment(orNotFound(all.get(id), 'The segment'), all)
}

export async function addSegment(
  tx: Tx,
  given: SegmentFields & { shop: number; createdBy: string },
): Promise<Segment> {
  const all = await loadSegments(tx, given.shop, { lock: true })
  if (all.size >= MAX_SEGMENTS)
    throw new AppError('conflict', `The shop has ${MAX_SEGMENTS} segments. Remove one that nobody uses.`, {
      details: { reason: 'shop_full' },
    })
  refuseTakenName(all, given.name)
  expandDefinition(given.definition, all)
  const [row] = await tx.insert(segments).values(given).returning()
  return toSegment(orNotFound(row, 'The segment'), all)
}

export async function changeSegment(
  tx: Tx,
  shop: number,
  id: number,
  { baseVersion, ...given }: SegmentFields & { baseVersion: number },
): Promise<Segment> {
  const all = await loadSegments(tx, shop, { lock: true })
  const before = orNotFound(all.get(id), 'The segment')
  if (before.version !== baseVersion)
    throw new AppError(
      'conflict',
      'Somebody changed this segment meanwhile. Load it again, then change it.',
      {
        details: { reason: 'changed_meanwhile' },
      },
    )
  refuseTakenName(all, given.name, id)
  all.set(id, { ...before, ...given })
  expandDefinition(given.definition, all, [id])
  const [row] = await tx
    .update(segments)
    .set({ ...given, version: sql`${segments.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(segments.shop, shop), eq(segments.id, id)))
    .returning()
  return toSegment(orNotFound(row, 'The segment'), all)
}

/** Takes a segment away; fails with `conflict` and the users' names while others refer to it. */
export async function removeSegment(tx: Tx, shop: number, id: number): Promise<Segment> {
  const all = await loadSegments(tx, shop, { lock: true })
  const segment = toSegment(orNotFound(all.get(id), 'The segment'), all)
  if (segment.usedBy.length > 0) {
    const names = segment.usedBy.map(({ name }) => `“${name}”`).join(', ')
    throw new AppError('conflict', `“${segment.name}” is part of ${names}. Take it out there first.`, {
      details: { usedBy: segment.usedBy },
    })
  }
  await tx
    .update(segments)
    .set({ removedAt: sql`now()` })
    .where(and(eq(segments.shop, shop), eq(segments.id, id)))
  return segment
}

/** A copy under the next free name: “Late and unhappy (2)”. */
export async function copySegment(tx: Tx, shop: number, id: number, createdBy: string): Promise<Segment> {
  const all = await loadSegments(tx, shop, { lock: true })
  const { name, note, definition } = orNotFound(all.get(id), 'The segment')
  const taken = new Set([...all.values()].map((row) => foldCase(row.name)))
  const stem = name.replace(/ \(\d+\)$/, '').slice(0, 110)
  let number = 2
  while (taken.has(foldCase(`${stem} (${number})`))) number++
  return addSegment(tx, { shop, createdBy, name: `${stem} (${number})`, note, definition })
}

function refuseTakenName(all: ReadonlyMap<number, SegmentRow>, name: string, own?: number): void {
  const taken = [...all.values()].find((row) => row.id !== own && foldCase(row.name) === foldCase(name))
  if (!taken) return
  throw new AppError('conflict', `There is a segment “${taken.name}” already. Choose another name.`, {
    details: { reason: 'name_taken', segment: taken.id, name: taken.name },
  })
}

export function toSegment(row: SegmentRow, all: ReadonlyMap<number, SegmentRow>): Segment {
  const { id, name, note, definition, version, createdBy, updatedAt } = row
  const usedBy = [...all.values()]
    .filter((other) => other.id !== id && listReferences(other.definition).includes(id))
    .map((other) => ({ id: other.id, name: other.name }))
  return { id, name, note, definition, version, createdBy, updatedAt: updatedAt.toISOString(), usedBy }
}
