import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { deliverDomainEvents } from '../../../platform/domain-events.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import { createOrdersRoom } from '../../orders/server/room.ts'
import { createStandardsRoom, type StandardsRoom } from './room.ts'

export let system: System
export let room: StandardsRoom
export let shop: number
export let now = Date.now()

/** In these tests a caller with the number +1 is the visitor `v1`. */
const siblings = async (_: unknown, of: number, identities: string[]) => {
  const pair = [identityKey(of, 'user', 'caller'), identityKey(of, 'anonymous', 'v1')]
  return new Map(identities.map((identity) => [identity, pair.includes(identity) ? pair : [identity]]))
}

/** A system with the rooms of orders and standards, for one test file; its clock is moved by `wait`. */
export function openStandards(): void {
  beforeAll(async () => {
    room = createStandardsRoom(siblings)
    const orders = createOrdersRoom({
      findPersons: async () => new Map(),
      findIdentitiesByText: async () => [],
      personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
    })
    system = await openTestSystem({ rooms: [orders, room], now: () => now })
  })
  afterAll(() => system.close())
}

export function wait(ms: number): void {
  now += ms
}

export async function freshShop(): Promise<number> {
  now = Date.now()
  shop = await createShop(system.deps.db, { name: 'Standards', currency: 'UAH', timeZone: 'Europe/Kyiv' })
  return shop
}

interface Said {
  who?: Record<string, string>
  id?: string
  kind?: 'track' | 'page'
  url?: string
}

export const said = (
  event: string,
  at: string,
  properties: Record<string, unknown> = {},
  options: Said = {},
) => ({
  type: options.kind ?? 'track',
  event,
  name: event,
  messageId: options.id ?? randomUUID(),
  timestamp: at,
  ...(options.who ?? { userId: 'ann' }),
  context: options.url === undefined ? {} : { page: { url: options.url } },
  properties,
})

export async function send(...messages: object[]): Promise<void> {
  const outcome = await recordMessages(system.deps, { shop, source: 1, messages, origin: 'import' })
  expect(outcome.rejected).toEqual([])
  await settle()
}

export async function settle(): Promise<void> {
  const { db, runner } = system.deps
  await runner.drain()
  for (const subscription of room.subscribes ?? []) while ((await deliverDomainEvents(db, subscription)) > 0);
  await room.drain(db)
  await runner.drain()
}

interface Measured {
  measure: string
  touchpoint: string
  value: number
  at: string
  identity: string
  extra: Record<string, unknown>
}

/** What the history says, as every report reads it. */
export async function listMeasured(): Promise<Measured[]> {
  const rows = await system.deps.clickhouse.query<{
    properties: string
    at: string
    identity: string
    kind: string
  }>(
    `SELECT properties, formatDateTime(ts, '%FT%TZ', 'UTC') AS at, identity, identity_kind AS kind FROM events FINAL
     WHERE shop = {shop:UInt32} AND name = 'Standard Measured' ORDER BY ts, message_id`,
    { params: { shop } },
  )
  return rows.flatMap(({ properties, at, identity }) => {
    const { measure, touchpoint, value, withdrawn, ...extra } = JSON.parse(properties)
    if (withdrawn !== undefined) return []
    expect(extra[measure]).toBe(value)
    return { measure, touchpoint, value, at, identity, extra }
  })
}

/** What the rules of the shop made of it. */
export const listClassified = () =>
  system.deps.clickhouse.query<{ touchpoint: string; stage: string; measure: string; measured: number }>(
    `SELECT touchpoint, stage, measure, measured FROM events FINAL
     WHERE shop = {shop:UInt32} AND name = 'Standard Measured'`,
    { params: { shop } },
  )

export const values = async () => (await listMeasured()).map(({ measure, value }) => [measure, value])
export const chat = { contact_id: 'c1', channel: 'chat' }
