import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import type { System } from '../../../../server/open-system.ts'
import { openTestSystem } from '../../../../test/harness.ts'
import { createShop } from '../../../accounts/server/actions.ts'
import { type EventSketch, sketchEvents } from '../testing/feed-events.ts'
import { sketchesArb } from '../testing/random-sketches.ts'
import { createPeopleConsumer } from './people-consumer.ts'

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

async function applyIn(batches: FeedEvent[][]): Promise<void> {
  const consumer = createPeopleConsumer({ rooms: () => [], onLinks: () => undefined })
  for (const events of batches) {
    const after = await system.deps.db.transaction((tx) => consumer.apply(tx, events, system.deps.log))
    after?.()
  }
}

/** Which identities are one person: `kind:value` texts, sorted, so that two runs can be compared. */
async function readPartition(shop: number): Promise<string[][]> {
  const { rows } = await system.deps.db.execute<{ who: string[] }>(sql`
    SELECT array_agg(kind || ':' || value ORDER BY kind, value) AS who
    FROM person_identities WHERE shop = ${shop} GROUP BY person ORDER BY 1`)
  return rows.map(({ who }) => who)
}

async function readSuggestions(shop: number): Promise<string[]> {
  const { rows } = await system.deps.db.execute<{ reason: string }>(
    sql`SELECT reason FROM merge_suggestions WHERE shop = ${shop} ORDER BY reason`,
  )
  return rows.map(({ reason }) => reason)
}

async function runEvents(messages: EventSketch[]) {
  const shop = await createShop(system.deps.db, { name: 'People' })
  await applyIn([sketchEvents(shop, messages)])
  return { shop, people: await readPartition(shop), suggestions: await readSuggestions(shop) }
}

describe('the people consumer', () => {
  it('links an anonymous visitor to the user who signs in', async () => {
    const { people } = await runEvents([
      { kind: 'page', anonymous: 'a1' },
      {
        kind: 'identify',
        anonymous: 'a1',
        user: 'u1',
        traits: { email: 'Ann@Shop.ua', phone: '050 765 43 21' },
      },
    ])
    expect(people).toEqual([['anonymous:a1', 'email:ann@shop.ua', 'phone:+380507654321', 'user:u1']])
  })

  it('writes nothing for visitors who are one anonymous id', async () => {
    const { people } = await runEvents([{ kind: 'page', anonymous: 'a1' }, { anonymous: 'a2' }])
    expect(people).toEqual([])
  })

  it('keeps a visitor who said a name, and calls the person by it once an e-mail is known', async () => {
    const { shop, people } = await runEvents([
      { kind: 'identify', anonymous: 'a1', traits: { firstName: 'Олена', lastName: 'Коваль' } },
      { anonymous: 'a1', context: { traits: { email: 'olena@shop.ua' } } },
    ])
    expect(people).toEqual([['anonymous:a1', 'email:olena@shop.ua']])
    const { rows } = await system.deps.db.execute(
      sql`SELECT name, email, known FROM persons WHERE shop = ${shop}`,
    )
    expect(rows).toEqual([{ name: 'Олена Коваль', email: 'olena@shop.ua', known: true }])
  })

  it('leaves a shared browser with whoever signed in first and suggests the other', async () => {
    const { people, suggestions } = await runEvents([
      { kind: 'identify', anonymous: 'tablet', user: 'u1' },
      { kind: 'identify', anonymous: 'tablet', user: 'u2' },
      { anonymous: 'tablet', user: 'u2' },
    ])
    expect(people).toEqual([['anonymous:tablet', 'user:u1'], ['user:u2']])
    expect(suggestions).toEqual(['same_browser'])
  })

  it('gives somebody signed in a second e-mail but never takes it from another person', async () => {
    const { people, suggestions } = await runEvents([
      { kind: 'identify', user: 'u1', traits: { email: 'old@shop.ua' } },
      { kind: 'identify', user: 'u1', traits: { email: 'new@shop.ua' } },
      { kind: 'identify', user: 'u2', traits: { email: 'new@shop.ua' } },
    ])
    expect(people).toEqual([['email:new@shop.ua', 'email:old@shop.ua', 'user:u1'], ['user:u2']])
    expect(suggestions).toEqual(['same_email'])
  })

  it('joins a guest order to the account that gives the same e-mail later', async () => {
    const { people } = await runEvents([
      { name: 'Order Completed', anonymous: 'a1', order: '7', properties: { email: 'guest@shop.ua' } },
      { kind: 'identify', user: 'u1', traits: { email: 'guest@shop.ua' } },
    ])
    expect(people).toEqual([['anonymous:a1', 'email:guest@shop.ua', 'user:u1']])
  })

  it('does not make one person of two with different e-mails because they share a phone', async () => {
    const { people, suggestions } = await runEvents([
      { name: 'Order Completed', context: { traits: { email: 'wife@shop.ua', phone: '+380501112233' } } },
      { name: 'Order Completed', context: { traits: { email: 'husband@shop.ua', phone: '+380501112233' } } },
    ])
    expect(people).toEqual([['email:husband@shop.ua'], ['email:wife@shop.ua', 'phone:+380501112233']])
    expect(suggestions).toEqual(['same_phone'])
  })

  it('joins by phone when only one side has anything else, or both have the same name', async () => {
    const { people } = await runEvents([
      { kind: 'identify', context: { traits: { phone: '0501112233', name: 'Іван Петренко' } } },
      {
        kind: 'identify',
        user: 'u1',
        traits: { phone: '+380501112233', email: 'ivan@shop.ua', name: 'Петренко Іван' },
      },
    ])
    expect(people).toEqual([['email:ivan@shop.ua', 'phone:+380501112233', 'user:u1']])
  })

  it('suggests, and does not merge, two users whom an alias calls one', async () => {
    const { people, suggestions } = await runEvents([
      { user: 'u1' },
      { user: 'u2' },
      { kind: 'alias', user: 'u2', properties: { previousId: 'u1' } },
      { kind: 'alias', user: 'u2', properties: { previousId: 'visitor' } },
    ])
    expect(people).toEqual([['anonymous:u1', 'anonymous:visitor', 'user:u2'], ['user:u1']])
    expect(suggestions).toEqual(['alias'])
  })

  it('ignores traits of a group and e-mails that belong to nobody', async () => {
    const { people } = await runEvents([
      { kind: 'group', user: 'u1', traits: { email: 'office@firm.ua' } },
      { kind: 'identify', user: 'u2', traits: { email: 'noreply@firm.ua', phone: '+380000000000' } },
    ])
    expect(people).toEqual([['user:u1'], ['user:u2']])
  })

  it('tells the mirror of every identity that is not its own person', async () => {
    const { shop } = await runEvents([
      { kind: 'identify', anonymous: 'a1', traits: { name: 'A' } },
      { kind: 'identify', user: 'u1' },
      { kind: 'identify', user: 'u1', anonymous: 'a1' },
    ])
    const { rows } = await system.deps.db.execute(
      sql`SELECT identity, person, deleted FROM link_changes WHERE shop = ${shop} ORDER BY id`,
    )
    const user = identityKey(shop, 'user', 'u1')
    expect(rows).toEqual([{ identity: identityKey(shop, 'anonymous', 'a1'), person: user, deleted: false }])
  })
})

const RUNS = Number(process.env.TROPA_TEST_RUNS ?? 12)

describe('whom an identity belongs to', () => {
  it('does not depend on how events are cut into batches, and neither do suggestions', async () => {
    await compareCuts(false, async (one, other) => {
      expect(await readPartition(other)).toEqual(await readPartition(one))
      expect(await readSuggestions(other)).toEqual(await readSuggestions(one))
    })
  })

  // What was said before others were joined may suggest more when it is said again; who is who stays.
  it('does not depend on whether events are delivered again', async () => {
    await compareCuts(true, async (one, other) => {
      expect(await readPartition(other)).toEqual(await readPartition(one))
      expect((await readSuggestions(other)).length).toBeGreaterThanOrEqual(
        (await readSuggestions(one)).length,
      )
    })
  })

  it('does not change when an alias comes again after its former id has become a user’s', async () => {
    const { db } = system.deps
    const shop = await createShop(db, { name: 'Again' })
    const events = sketchEvents(shop, [
      { kind: 'alias', user: 'u2', properties: { previousId: 'u1' } },
      { kind: 'identify', user: 'u1' },
    ])
    await applyIn([events, events])
    expect(await readPartition(shop)).toEqual([['anonymous:u1', 'user:u2'], ['user:u1']])
    expect(await readSuggestions(shop)).toEqual([])
  })
})

/** Applies random events to one shop one by one, to the other in batches, and lets them be compared. */
async function compareCuts(repeats: boolean, compare: (one: number, other: number) => Promise<void>) {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(sketchesArb({ withNames: false, maxLength: 14 }), sizes, async (sketches, cuts) => {
      const { db } = system.deps
      const one = await createShop(db, { name: 'One' })
      const other = await createShop(db, { name: 'Other' })
      await applyIn(sketchEvents(one, sketches).map((event) => [event]))
      await applyIn(cutIntoBatches(sketchEvents(other, sketches), cuts, repeats))
      await compare(one, other)
    }),
    { numRuns: RUNS },
  )
}

/** The same events in batches of random sizes; with repeats, every third begins with events that were applied before. */
function cutIntoBatches(events: FeedEvent[], sizes: number[], repeats: boolean): FeedEvent[][] {
  const batches: FeedEvent[][] = []
  for (let at = 0, turn = 0; at < events.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    batches.push(events.slice(repeats && turn % 3 === 2 ? Math.max(0, at - 3) : at, at + size))
    at += size
  }
  return batches
}
