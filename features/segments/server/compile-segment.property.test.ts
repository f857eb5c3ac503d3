import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../../../kernel/prng.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { compileSegment } from './compile-segment.ts'
import { inventEvents } from './testing/invent-persons.ts'
import { inventCondition, inventDefinition, NOW } from './testing/invent-segments.ts'
import { belongsTo, type SlowEvent, type SlowPerson } from './testing/slow-segment.ts'

const VISITORS = 14
const SHOPS = 4
const DEFINITIONS = 60

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

/** The store compares hashes by their halves, the second half first. */
const halves = (hash: string) => hash.slice(19) + hash.slice(0, 18)
const byTime = (a: SlowEvent, b: SlowEvent) =>
  a.ts - b.ts || (halves(a.message_hash) < halves(b.message_hash) ? -1 : 1)

function gather(events: SlowEvent[], joined: ReadonlyMap<string, string>): Map<string, SlowPerson> {
  const persons = new Map<string, SlowEvent[]>()
  for (const event of events) {
    const person = joined.get(event.identity) ?? event.identity
    persons.set(person, [...(persons.get(person) ?? []), event])
  }
  return new Map(
    [...persons].map(([person, own]) => {
      const isKnown = own.some(
        ({ identity, identity_kind }) => identity_kind !== 'anonymous' || joined.has(identity),
      )
      return [person, { isKnown, events: own.toSorted(byTime) }]
    }),
  )
}

test('the statement finds whom a walk through every history finds', { timeout: 150_000 }, async () => {
  const { clickhouse, writer, db } = system.deps
  let found = 0
  for (let seed = 0; seed < SHOPS; seed++) {
    const prng = createPrng(`segments ${seed}`)
    const shop = await createShop(db, { name: `Segments ${seed}` })
    const events = inventEvents(prng, shop, VISITORS)
    const rows = events.map(({ device: _, ...row }) => row)
    // A third of them is sent again: nothing may count twice.
    await writer.write([...rows, ...rows.filter(() => prng.below(3) === 0)], [])
    const identities = [...new Set(events.map(({ identity }) => identity))]
    const [a, b, c, d] = identities as [string, string, string, string]
    // Two visitors turn out to be one person, and another two.
    const joined = new Map([
      [b, a],
      [d, c],
    ])
    const links = [...joined].map(([identity, person]) => ({
      shop,
      identity,
      person,
      version: 1,
      deleted: 0,
    }))
    await clickhouse.insert('identity_links', links)
    const persons = gather(events, joined)
    const period = prng.below(2) === 0 ? undefined : { from: NOW - 50 * 86_400_000, to: NOW - 5 * 86_400_000 }
    const context = { shop, timeZone: 'UTC', currency: 'UAH', now: NOW, period }
    for (let n = 0; n < DEFINITIONS; n++) {
      const definition = n % 2 === 0 ? inventCondition(prng) : inventDefinition(prng)
      const { sql, params } = compileSegment(definition, context)
      const answer = await clickhouse.query<{ segment_person: string }>(sql, { params })
      const slow = [...persons].filter(([, person]) => belongsTo(definition, person, context))
      const told = `shop ${seed}, definition ${n}: ${JSON.stringify(definition)}`
      expect(answer.map(({ segment_person }) => segment_person).sort(), told).toEqual(
        slow.map(([person]) => person).sort(),
      )
      if (slow.length > 0 && slow.length < persons.size) found++
    }
  }
  // Were all of them empty or everybody, the comparison would prove little.
  expect(found).toBeGreaterThan(SHOPS * DEFINITIONS * 0.4)
})
