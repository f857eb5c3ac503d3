import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../../platform/postgres.ts'
import type { Deps, PersonParts, PersonRef } from '../../../platform/room.ts'
import { uuidArray } from './order-filter.ts'
import { orders } from './order-table.ts'

/** Orders are stored by identity, so a merge or its undoing has nothing to move here. */
export const orderPersonParts: PersonParts = {
  export: exportPerson,
  erase: erasePerson,
}

async function exportPerson({ db }: Deps, { shop, identities }: PersonRef): Promise<unknown> {
  if (identities.length === 0) return []
  const rows = await db
    .select()
    .from(orders)
    .where(and(eq(orders.shop, shop), inArray(orders.identity, identities)))
    .orderBy(orders.orderedAt)
  return rows.map(({ shop: _, identity: __, foldVersion: ___, ...order }) => order)
}

/**
 * A shop must keep its books, and its rates must not change because a customer left. So the order stays as a number:
 * its id, goods, amounts, days and region remain; the tie to the person and whatever the shop wrote freely (unknown
 * fields, reasons, engravings) goes. What is reported about the order later comes in without a person too.
 */
async function erasePerson(tx: Tx, { shop, identities }: PersonRef): Promise<void> {
  const theirs = uuidArray(identities)
  await tx.execute(
    sql`UPDATE order_facts f SET identity = NULL, data = (f.data - 'extra' - 'reason') || ${plainItems('f.data')}
        FROM orders o WHERE o.shop = f.shop AND o.id = f.order_id AND o.shop = ${shop} AND o.identity = ANY(${theirs})`,
  )
  // An identity of theirs may also have reported somebody else's order.
  await tx.execute(
    sql`UPDATE order_facts SET identity = NULL WHERE shop = ${shop} AND identity = ANY(${theirs})`,
  )
  await tx.execute(
    sql`UPDATE orders SET identity = NULL, extra = '{}', erased_at = now(), updated_at = now(),
          items = coalesce((SELECT jsonb_agg(item - 'extra') FROM jsonb_array_elements(items) AS item), '[]')
        WHERE shop = ${shop} AND identity = ANY(${theirs})`,
  )
}

function plainItems(data: string) {
  const column = sql.raw(data)
  return sql`CASE WHEN ${column} ? 'items' THEN jsonb_build_object('items',
    (SELECT coalesce(jsonb_agg(item - 'extra'), '[]') FROM jsonb_array_elements(${column} -> 'items') AS item)) ELSE '{}' END`
}
