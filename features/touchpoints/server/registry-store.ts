import { and, desc, eq } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { Registry, RegistryContent, VersionItem, VersionOrigin } from '../contract.ts'
import { DEFAULT_VERSION, defaultRegistry } from './default-registry.ts'
import { reclassifications, registryDrafts, registryVersions } from './touchpoints-tables.ts'

export interface PublishedRegistry {
  registry: Registry
  /** Both null for the built-in registry. */
  publishedAt: Date | null
  publishedBy: string | null
}

/** The registry in force, from the table. */
export async function readPublished(db: Db, shop: number): Promise<PublishedRegistry> {
  const [row] = await db
    .select()
    .from(registryVersions)
    .where(eq(registryVersions.shop, shop))
    .orderBy(desc(registryVersions.version))
    .limit(1)
  if (!row) return { registry: defaultRegistry, publishedAt: null, publishedBy: null }
  const { registry, version, publishedAt, publishedBy } = row
  return { registry: { ...registry, version }, publishedAt, publishedBy }
}

export interface NewVersion {
  shop: number
  baseVersion: number
  content: RegistryContent
  origin: VersionOrigin
  by: string
}

/** Puts a new version in force; fails with `conflict` when another was published since `baseVersion`. */
export async function publishVersion(tx: Tx, given: NewVersion): Promise<number> {
  const { shop, baseVersion, content, origin, by } = given
  await refuseOldBase(tx, shop, baseVersion)
  const version = baseVersion + 1
  const rows = await tx
    .insert(registryVersions)
    .values({ shop, version, registry: { version, ...content }, origin, publishedBy: by })
    .onConflictDoNothing()
    .returning({ version: registryVersions.version })
  if (rows.length === 0) throw publishedMeanwhile(version)
  await tx.delete(registryDrafts).where(eq(registryDrafts.shop, shop))
  await tx
    .insert(reclassifications)
    .values({ shop, version })
    .onConflictDoUpdate({ target: reclassifications.shop, set: { version, problem: null } })
  return version
}

export async function refuseOldBase(db: Db, shop: number, baseVersion: number): Promise<void> {
  const { registry } = await readPublished(db, shop)
  if (registry.version !== baseVersion) throw publishedMeanwhile(registry.version)
}

function publishedMeanwhile(version: number): AppError {
  return new AppError(
    'conflict',
    `Version ${version} of the touchpoints was published meanwhile. Open the page again and repeat the change there.`,
    { details: { version } },
  )
}

export async function listVersions(db: Db, shop: number): Promise<VersionItem[]> {
  const rows = await db
    .select({
      version: registryVersions.version,
      origin: registryVersions.origin,
      publishedAt: registryVersions.publishedAt,
      publishedBy: registryVersions.publishedBy,
    })
    .from(registryVersions)
    .where(eq(registryVersions.shop, shop))
    .orderBy(desc(registryVersions.version))
    .limit(200)
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }))
}

/** A version as it was; version 1 is the built-in one of shops that began with it. */
export async function getVersion(db: Db, shop: number, version: number): Promise<Registry> {
  if (version === DEFAULT_VERSION) return defaultRegistry
  const [row] = await db
    .select({ registry: registryVersions.registry })
    .from(registryVersions)
    .where(and(eq(registryVersions.shop, shop), eq(registryVersions.version, version)))
  return { ...orNotFound(row, 'The version').registry, version }
}

export async function saveDraft(
  tx: Tx,
  draft: { shop: number; baseVersion: number; content: RegistryContent; by: string },
): Promise<void> {
  const { shop, baseVersion, content, by } = draft
  const values = {
    baseVersion,
    registry: { version: baseVersion, ...content },
    changedAt: new Date(),
    changedBy: by,
  }
  await tx
    .insert(registryDrafts)
    .values({ shop, ...values })
    .onConflictDoUpdate({ target: registryDrafts.shop, set: values })
}

export async function findDraft(db: Db, shop: number) {
  const [row] = await db.select().from(registryDrafts).where(eq(registryDrafts.shop, shop))
  return row
}

export async function dropDraft(db: Db, shop: number): Promise<void> {
  await db.delete(registryDrafts).where(eq(registryDrafts.shop, shop))
}

/** Keys of the touchpoints that differ, and `stages` where the stages or the order of touchpoints do. */
export function listChanged(before: RegistryContent, after: RegistryContent): string[] {
  const write = (items: readonly { key: string }[]) => new Map(items.map((one) => [one.key, stable(one)]))
  const [old, now] = [write(before.touchpoints), write(after.touchpoints)]
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key))
  const order = ({ touchpoints }: RegistryContent) => touchpoints.map(({ key }) => key).join(' ')
  const isMoved = keys.length === 0 && order(before) !== order(after)
  return stable(before.stages) === stable(after.stages) && !isMoved ? keys : [...keys, 'stages']
}

/** jsonb gives keys back in an order of its own. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
