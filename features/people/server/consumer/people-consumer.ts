import { sql } from 'drizzle-orm'
import type { FeedConsumer } from '../../../../platform/feed/consumer.ts'
import type { FeedEvent } from '../../../../platform/feed/event-row.ts'
import type { Tx } from '../../../../platform/postgres.ts'
import type { Room } from '../../../../platform/room.ts'
import { listPhoneCountries } from '../../../accounts/server/reads.ts'
import { applyTestimony } from '../linking/apply-testimony.ts'
import type { Testimony } from '../linking/claims.ts'
import type { LinkState } from '../linking/link-state.ts'
import { readTestimony, saysNothing } from '../linking/read-testimony.ts'
import { loadLinkState, lockPeople } from './load-state.ts'
import { createSettled, type Settled } from './settled.ts'
import { writeChanges } from './write-changes.ts'

export interface PeopleConsumerOptions {
  /** Whose parts are told of merges. */
  rooms: () => readonly Room[]
  /** Runs after a commit that changed links. */
  onLinks: () => void
}

/** Learns from events who is who. Plain anonymous events cost no query at all. */
export function createPeopleConsumer({ rooms, onLinks }: PeopleConsumerOptions): FeedConsumer {
  const settled = createSettled()
  return {
    name: 'people',
    async apply(tx, events) {
      const telling = events.filter((event) => !saysNothing(event))
      if (telling.length === 0) return
      const shops = [...new Set(telling.map(({ shop }) => shop))]
      const nonces = await readNonces(tx, shops)
      const { testimonies, keys } = await readNew(tx, telling, shops, { settled, nonces })
      const after = () => keys.forEach(settled.add)
      if (testimonies.length === 0) return after
      await lockPeople(
        tx,
        [...new Set(testimonies.map(({ shop }) => shop))].sort((a, b) => a - b),
      )
      const state = await loadLinkState(tx, listAsked(testimonies))
      for (const testimony of testimonies) applyTestimony(state, testimony)
      if (isUnchanged(state)) return after
      await writeChanges(tx, state, rooms())
      return () => {
        after()
        onLinks()
      }
    },
  }
}

/**
 * What was settled before an erasure or in another epoch (a restored backup) isn't settled now: the keys carry both.
 * A shop that nobody locked yet has no row, and nothing is remembered of it.
 */
async function readNonces(tx: Tx, shops: number[]): Promise<Map<number, string>> {
  const { rows } = await tx.execute<{ shop: number; nonce: string; epoch: number }>(sql`
    SELECT p.shop, p.nonce, s.epoch FROM people_shops p, system_state s WHERE p.shop = ANY(${sql.param(shops)}::int[])`)
  return new Map(rows.map(({ shop, nonce, epoch }) => [shop, `${epoch}:${nonce}`]))
}

interface Memory {
  settled: Settled
  nonces: Map<number, string>
}

async function readNew(tx: Tx, events: FeedEvent[], shops: number[], memory: Memory) {
  const testimonies: Testimony[] = []
  const keys: string[] = []
  let countries: Map<number, string> | undefined
  for (const event of events) {
    const key = settledKey(event, memory.nonces)
    if (key !== undefined && memory.settled.has(key)) continue
    countries ??= await listPhoneCountries(tx, shops)
    const testimony = readTestimony(event, countries.get(event.shop) ?? '')
    if (testimony !== undefined) testimonies.push(testimony)
    if (key !== undefined) keys.push(key)
  }
  return { testimonies, keys }
}

/** Only events whose whole testimony is their two ids can be remembered: traits may differ each time. */
function settledKey(event: FeedEvent, nonces: Map<number, string>): string | undefined {
  const nonce = nonces.get(event.shop)
  if (nonce === undefined || event.kind === 'identify' || event.kind === 'alias') return undefined
  if (event.user_id === '' || event.order_id !== '' || event.context.includes('"traits"')) return undefined
  if (event.traits !== '' && event.traits !== '{}') return undefined
  return `${event.shop}\0${nonce}\0${event.user_id}\0${event.anonymous_id}`
}

function listAsked(testimonies: Testimony[]): { shop: number; identity: string }[] {
  const asked = new Map<string, { shop: number; identity: string }>()
  for (const { shop, claims } of testimonies)
    for (const { identity } of claims) asked.set(identity, { shop, identity })
  return [...asked.values()]
}

function isUnchanged(state: LinkState): boolean {
  return state.touched.size === 0 && state.merges.length === 0 && state.suggestions.length === 0
}
