import { eq } from 'drizzle-orm'
import type { Principal } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import { auditLog, memberships } from './accounts-tables.ts'

export type Actor = Principal | 'system' | 'cli'

export interface AuditEntry {
  /** Null for what concerns no shop. */
  shop: number | null
  actor: Actor
  /**
   * `thing.happened`, e.g. `key.created`. The acting room's words hold its sentence under `audit.did.key.created`
   * (with `target` and the values of `detail`), and its name for choosing under `audit.kind.key.created`.
   */
  action: string
  /** What it was done to, by the name that a member knows. */
  target: string
  detail?: Record<string, unknown>
}

/** Notes who changed what, in the transaction of the change. Never pass a secret in `detail`. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  const { shop, actor, action, target, detail } = entry
  await db.insert(auditLog).values({ shop, action, target, detail: detail ?? {}, ...describeActor(actor) })
}

/** A change of a member's own account concerns every shop that they work for. */
export async function recordForMember(
  db: Db,
  userId: string,
  entry: Omit<AuditEntry, 'shop'>,
): Promise<void> {
  const rows = await db
    .select({ shop: memberships.shop })
    .from(memberships)
    .where(eq(memberships.userId, userId))
  for (const { shop } of rows) await recordAudit(db, { ...entry, shop })
}

function describeActor(actor: Actor) {
  if (actor === 'system' || actor === 'cli')
    return { actorKind: actor, actorId: null, actorName: '' } as const
  if (actor.token) return { actorKind: 'token', actorId: actor.token.id, actorName: actor.name } as const
  return { actorKind: 'member', actorId: actor.userId, actorName: actor.name } as const
}
