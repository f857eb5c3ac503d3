import type { Db } from '../../../platform/postgres.ts'

/**
 * What this room asks about persons. The people room draws orders on its pages and so knows this room; the shell
 * hands the answers the other way, so that the graph of rooms stays without a cycle.
 */
export interface PeopleLookup {
  /** Whom identities belong to. An identity that nobody knows more of is its own person, without a name. */
  findPersons(
    db: Db,
    shop: number,
    identities: string[],
  ): Promise<Map<string, { id: string; name: string | null }>>
  /** All identities of persons who are known by this text: a name, e-mail, phone or id. */
  findIdentitiesByText(db: Db, shop: number, text: string, limit: number): Promise<string[]>
  /** ClickHouse: how a query over `events AS alias` reads the person; `{shop:UInt32}` is a parameter of the query. */
  personsJoin(alias: string): { join: string; person: string }
}
