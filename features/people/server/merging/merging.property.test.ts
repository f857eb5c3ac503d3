import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import type { System } from '../../../../server/open-system.ts'
import { openTestSystem } from '../../../../test/harness.ts'
import { createShop } from '../../../accounts/server/actions.ts'
import { createPeopleConsumer } from '../consumer/people-consumer.ts'
import { sketchEvents } from '../testing/feed-events.ts'
import { getHeldPerson } from './held-person.ts'
import { mergePersons, unmergePersons } from './merge-persons.ts'

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

const NAMES = ['u1', 'u2', 'u3', 'u4', 'u5']
const actor = { userId: null, name: 'Tester', email: null, via: 'token' } as const

/** Five persons, each with a browser, an e-mail and a name of their own. */
async function makePeople(): Promise<number> {
  const { db, log } = system.deps
  const shop = await createShop(db, { name: 'Merging' })
  const consumer = createPeopleConsumer({ rooms: () => [], onLinks: () => undefined })
  const sketches = NAMES.map((user) => {
    const traits = { email: `${user}@shop.ua`, name: `Name ${user}`, size: user }
    return { kind: 'identify', user, anonymous: `browser of ${user}`, traits } as const
  })
  await db.transaction((tx) => consumer.apply(tx, sketchEvents(shop, sketches), log))
  return shop
}

/** Everything that makes a person: identities, what yields, the derived row and the words. */
async function readAll(shop: number): Promise<unknown[]> {
  const { rows } = await system.deps.db.execute(sql`
    SELECT p.id, p.name, p.email, p.known,
      (SELECT array_agg(i.value || coalesce(i.yielded_at::text, '') ORDER BY i.value) FROM person_identities i WHERE i.shop = p.shop AND i.person = p.id) AS identities,
      (SELECT array_agg(w.word ORDER BY w.word) FROM person_words w WHERE w.shop = p.shop AND w.person = p.id) AS words
    FROM persons p WHERE p.shop = ${shop} ORDER BY p.id`)
  return rows
}

describe('merging and undoing', () => {
  it('leaves everything as it was when all merges are undone, in whatever order', async () => {
    const pair = fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES))
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        async (pairs, picks) => {
          const { db } = system.deps
          const shop = await makePeople()
          const before = await readAll(shop)
          const context = { shop, actor, rooms: [], now: Date.UTC(2026, 5, 1) }
          const held = (name: string) => getHeldPerson(system.deps, shop, identityKey(shop, 'user', name))
          const merges: number[] = []
          for (const [from, into] of pairs) {
            const [left, right] = [await held(from), await held(into)]
            if (left.id !== right.id)
              merges.push(await db.transaction((tx) => mergePersons(tx, context, left, right)))
          }
          while (merges.length > 0) {
            const [merge = 0] = merges.splice((picks.next().value ?? 0) % merges.length, 1)
            await db.transaction((tx) => unmergePersons(tx, context, merge))
          }
          expect(await readAll(shop)).toEqual(before)
        },
      ),
      { numRuns: 10 },
    )
  })
})
