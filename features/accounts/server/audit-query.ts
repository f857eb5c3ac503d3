import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { AuditChoices, AuditEntry, AuditQuery } from '../contract.ts'
import { auditLog } from './accounts-tables.ts'

const PAGE = 50
const MAX_CHOICES = 200

/** A page of a shop's log, the newest first. */
export async function listAudit(db: Db, shop: number, query: AuditQuery) {
  const { cursor, actor, action, limit = PAGE } = query
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.shop, shop),
        cursor === undefined ? undefined : lt(auditLog.id, Number(cursor)),
        action === undefined ? undefined : eq(auditLog.action, action),
        actor === undefined ? undefined : isActor(actor),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(toEntry), nextCursor: last ? String(last.id) : null }
}

function isActor(actor: string) {
  if (actor === 'system' || actor === 'cli')
    return and(eq(auditLog.actorKind, actor), isNull(auditLog.actorId))
  return eq(auditLog.actorId, actor)
}

function toEntry(row: typeof auditLog.$inferSelect): AuditEntry {
  const { id, at, actorKind, actorId, actorName, action, target, detail } = row
  return {
    id,
    at: at.toISOString(),
    actor: { kind: actorKind, id: actorId, name: actorName },
    action,
    target,
    detail,
  }
}

/** Who and what the log of the shop can be narrowed to; actors by the latest name seen. */
export async function listAuditChoices(db: Db, shop: number): Promise<AuditChoices> {
  const mine = eq(auditLog.shop, shop)
  const actions = await db
    .selectDistinct({ action: auditLog.action })
    .from(auditLog)
    .where(mine)
    .orderBy(auditLog.action)
    .limit(MAX_CHOICES)
  const actors = await db
    .selectDistinctOn([auditLog.actorKind, auditLog.actorId], {
      kind: auditLog.actorKind,
      id: auditLog.actorId,
      name: auditLog.actorName,
    })
    .from(auditLog)
    .where(mine)
    .orderBy(auditLog.actorKind, auditLog.actorId, desc(auditLog.id))
    .limit(MAX_CHOICES)
  return {
    actors: actors.map(({ kind, id, name }) => ({ id: id ?? kind, name })),
    actions: actions.map(({ action }) => action),
  }
}
