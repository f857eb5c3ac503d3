import { and, eq, sql } from 'drizzle-orm'
import { Value } from 'typebox/value'
import { hash128 } from '../../../../kernel/hash128.ts'
import type { Db } from '../../../../platform/postgres.ts'
import { TableMapping, type TablePreset } from '../../contract.ts'
import { importMappings } from '../import-table.ts'

/** Files with the same columns, in whatever order, are read the same way. */
export function fingerprintOf(columns: readonly string[]): string {
  return hash128(
    'columns',
    [...columns]
      .map((column) => column.toLowerCase())
      .sort()
      .join('\u001f')
      .replaceAll('\0', ''),
  )
}

export async function findMapping(
  db: Db,
  shop: number,
  preset: TablePreset,
  columns: readonly string[],
): Promise<TableMapping | undefined> {
  const [row] = await db
    .select({ mapping: importMappings.mapping })
    .from(importMappings)
    .where(
      and(
        eq(importMappings.shop, shop),
        eq(importMappings.preset, preset),
        eq(importMappings.fingerprint, fingerprintOf(columns)),
      ),
    )
  return row && Value.Check(TableMapping, row.mapping) ? row.mapping : undefined
}

export async function saveMapping(
  db: Db,
  shop: number,
  preset: TablePreset,
  columns: readonly string[],
  mapping: TableMapping,
): Promise<void> {
  await db.execute(
    sql`INSERT INTO import_mappings (shop, preset, fingerprint, mapping)
        VALUES (${shop}, ${preset}, ${fingerprintOf(columns)}, ${JSON.stringify(mapping)}::jsonb)
        ON CONFLICT (shop, preset, fingerprint) DO UPDATE SET mapping = excluded.mapping, used_at = now()`,
  )
}
