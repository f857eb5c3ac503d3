import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { EmptyStores } from '../../../../test/empty-stores.ts'
import { openOwnStores } from '../../../../test/own-stores.ts'
import { openTestApp, type TestApp } from '../../../../test/test-app.ts'
import { createShop, createToken } from '../../../accounts/server/actions.ts'
import { recordMessages } from '../../../ingestion/server/actions.ts'
import type { RegistryContent } from '../../../touchpoints/contract.ts'
import { defaultRegistry } from '../../../touchpoints/server/default-registry.ts'
import { reclassifierOf } from '../../../touchpoints/server/reclassifier.ts'
import { reclassifyShop } from '../../../touchpoints/server/reclassify.ts'
import type { JourneyMap, MapStage } from '../../contract.ts'
import { type ContactSketch, sketchContacts } from './record-contacts.ts'

export const MINUTE = 60_000
export const DAY = 86_400_000
export const START = Date.UTC(2026, 8, 5, 9)
export const PERIOD = '?from=2026-09-01&to=2026-10-01'
let now = Date.UTC(2026, 9, 1, 12)
let stores: EmptyStores
export let app: TestApp
export let shop: number
let token: string

/** An application over stores of its own, for one test file, with a fresh shop for each test. */
export function openOddShops(): void {
  beforeAll(async () => {
    stores = await openOwnStores()
    app = await openTestApp({ urls: stores, now: () => now })
    // Here nobody goes on classifying by an older version, so nothing needs to drain.
    reclassifierOf(app.deps, { drainMs: 0 })
  })
  beforeEach(async () => {
    shop = await createShop(app.deps.db, { name: 'Odd', timeZone: 'Europe/Kyiv' })
    token = (await createToken(app.deps.db, { shop, name: 'odd', role: 'owner' })).token
  })
  afterAll(async () => {
    await app?.close()
    await stores?.close()
  })
}

export async function call<T>(
  path: string,
  payload?: object,
  method: 'POST' | 'PATCH' = 'POST',
): Promise<{ status: number; body: T }> {
  const answer = await app.app.inject({
    method: payload ? method : 'GET',
    url: `/api/shops/${shop}${path}`,
    headers: { authorization: `Bearer ${token}` },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}

export async function ask(query = PERIOD): Promise<JourneyMap> {
  // An answer that is older than this is made anew.
  now += 10 * MINUTE
  const { status, body } = await call<JourneyMap>(`/journey-map${query}`)
  expect(status, JSON.stringify(body).slice(0, 300)).toBe(200)
  return body
}

export async function record(contacts: readonly ContactSketch[]): Promise<void> {
  await app.deps.writer.write(sketchContacts(shop, contacts), [])
}

let sent = 0
/** Through the same steps as any events, so that the shop's rules classify them. */
export async function send(messages: readonly Record<string, unknown>[]): Promise<void> {
  const whole = messages.map((message) => ({ messageId: `odd-${++sent}`, ...message }))
  const outcome = await recordMessages(app.deps, { shop, source: 1, messages: whole, origin: 'import' })
  expect(outcome).toMatchObject({ recorded: messages.length, rejected: [] })
}

export async function publish(content: RegistryContent): Promise<void> {
  const { body } = await call<{ version: number }>('/touchpoints')
  const { status } = await call('/touchpoints/publish', { baseVersion: body.version, ...content })
  expect(status).toBe(200)
  await reclassifierOf(app.deps).idle()
  const signal = new AbortController().signal
  await reclassifyShop(app.deps, shop, { runner: 'test', signal, drainMs: 0 })
}

export const { stages, touchpoints } = defaultRegistry
const nobody = { heard: { persons: 0, share: 0 }, measured: 0, said: null, kept: null, expected: null }

/** The whole of the stages when nobody was anywhere. */
export const emptyStages = (): MapStage[] =>
  stages.map(({ key }) => ({
    key,
    persons: 0,
    contacts: 0,
    ...nobody,
    next: null,
    after: [],
    promises: null,
    touchpoints: touchpoints
      .filter(({ stage, isOn }) => stage === key && isOn)
      .map((one) => ({
        key: one.key,
        persons: 0,
        contacts: 0,
        reach: 0,
        ...nobody,
        templates: null,
        isByLoad: false,
      })),
  }))

/** The same with some persons at one touchpoint who went nowhere. */
export function stagesWith(stage: string, touchpoint: string, persons: number, contacts: number): MapStage[] {
  return emptyStages().map((one) =>
    one.key === stage
      ? {
          ...one,
          persons,
          contacts,
          next: { share: 0, medianSeconds: 0 },
          after: [{ stage: null, persons, share: 1 }],
          touchpoints: one.touchpoints.map((place) =>
            place.key === touchpoint ? { ...place, persons, contacts, reach: 1 } : place,
          ),
        }
      : one,
  )
}

export const quiet = {
  sentences: { better: null, worse: null, next: null },
  largestGain: null,
  largestLoss: null,
  compared: null,
}
export const placeOf = (map: JourneyMap, stage: string, touchpoint: string) =>
  map.stages.find(({ key }) => key === stage)?.touchpoints.find(({ key }) => key === touchpoint)
