import { type SQL, sql } from 'drizzle-orm'
import { normaliseEmail } from '../../../../kernel/email.ts'
import { identityKey } from '../../../../kernel/hash128.ts'
import { normalisePhone } from '../../../../kernel/phone.ts'
import type { Db } from '../../../../platform/postgres.ts'

export interface SearchText {
  shop: number
  text: string
  /** By which local phone numbers are read; without it only full ones are understood. */
  phoneCountry?: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Identities whose whole value the text may be. */
export function possibleKeys({ shop, text, phoneCountry }: SearchText): string[] {
  const value = text.trim()
  if (value === '') return []
  const keys = [
    identityKey(shop, 'user', value),
    identityKey(shop, 'anonymous', value),
    identityKey(shop, 'messenger', value),
  ]
  const email = normaliseEmail(value)
  const phone = normalisePhone(value, { country: phoneCountry })
  if (email !== undefined) keys.push(identityKey(shop, 'email', email))
  if (phone !== undefined) keys.push(identityKey(shop, 'phone', phone))
  if (UUID.test(value)) keys.push(value.toLowerCase())
  return keys
}

/** Persons for each of whose words typed there is one that begins with it. */
export async function findByWords(db: Db, shop: number, words: string[][], limit: number): Promise<string[]> {
  const [first, ...others] = [...words].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))
  if (first === undefined) return []
  const also = others.map(
    (word) =>
      sql`AND EXISTS (SELECT 1 FROM person_words o WHERE o.shop = w.shop AND o.person = w.person AND ${begins('o', word)})`,
  )
  const { rows } = await db.execute<{ person: string }>(sql`
    SELECT DISTINCT w.person FROM person_words w
    WHERE w.shop = ${shop} AND ${begins('w', first)} ${sql.join(also, sql` `)} LIMIT ${limit}`)
  return rows.map(({ person }) => person)
}

/** A range of the index for each choice: words are compared byte by byte, and nothing that begins with one sorts after it and U+10FFFF. */
function begins(alias: string, choices: string[]): SQL {
  const column = sql.raw(`${alias}.word`)
  const ranges = choices.map(
    (word) => sql`(${column} >= ${word} COLLATE "C" AND ${column} < ${`${word}\u{10ffff}`} COLLATE "C")`,
  )
  return sql`(${sql.join(ranges, sql` OR `)})`
}
