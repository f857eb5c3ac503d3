import type { Db } from '../../../platform/postgres.ts'
import type { RegistryView } from '../contract.ts'
import { readReclassification } from './reclassify-store.ts'
import { findDraft, listChanged, readPublished } from './registry-store.ts'

/** The registry in force, what is being changed of it, and how far the history has come. */
export async function getRegistryView(db: Db, shop: number): Promise<RegistryView> {
  const { registry, publishedAt, publishedBy } = await readPublished(db, shop)
  const draft = await findDraft(db, shop)
  return {
    version: registry.version,
    isDefault: publishedAt === null,
    publishedAt: publishedAt?.toISOString() ?? null,
    publishedBy,
    registry,
    draft: draft
      ? {
          baseVersion: draft.baseVersion,
          registry: draft.registry,
          changedAt: draft.changedAt.toISOString(),
          changedBy: draft.changedBy,
          changed: listChanged(registry, draft.registry),
        }
      : null,
    reclassification: await readReclassification(db, shop),
  }
}
