import { expect, vi } from 'vitest'
import type { JourneyMap } from '../../features/journeys/contract.ts'
import type { WholeApp } from './whole-app.ts'

/** The session of somebody who has signed in. */
export interface Cookie {
  name: string
  value: string
}

/** Takes the one-time link of the first start, as its page does, and makes the first shop. */
export async function becomeOwner({ url, ownerLink }: WholeApp): Promise<Cookie> {
  const answer = await fetch(`${url}/api${ownerLink}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tropa-request': '1' },
    body: JSON.stringify({
      name: 'Iryna',
      email: 'owner@tea.example',
      password: 'чай с бергамотом',
      shopName: 'Tea & Honey',
      currency: 'UAH',
      timeZone: 'Europe/Kyiv',
      language: 'en',
    }),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  const [name = '', value = ''] = answer.headers.getSetCookie()[0]?.split(';')[0]?.split('=') ?? []
  return { name, value }
}

/** The write key that the shop was made with. */
export async function findWriteKey({ url }: WholeApp, owner: Cookie): Promise<string> {
  const cookie = `${owner.name}=${owner.value}`
  const sources = await fetch(`${url}/api/shops/1/sources`, { headers: { cookie } })
  const { items } = (await sources.json()) as { items: { keys: { key: string }[] }[] }
  return items.flatMap((source) => source.keys)[0]?.key ?? ''
}

const BATCH = 300

/** Records events under the write key that the shop was made with. */
export async function sendEvents(app: WholeApp, owner: Cookie, events: object[]): Promise<void> {
  const writeKey = await findWriteKey(app, owner)
  for (let start = 0; start < events.length; start += BATCH) {
    const response = await fetch(`${app.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ writeKey, batch: events.slice(start, start + BATCH) }),
    })
    expect(response.status, await response.clone().text()).toBe(200)
  }
}

/** Until the map counts so many persons: the server keeps an answer for some seconds while events stream. */
export async function waitForPersons({ url }: WholeApp, owner: Cookie, persons: number): Promise<void> {
  const headers = { cookie: `${owner.name}=${owner.value}` }
  const ask = async () => (await fetch(`${url}/api/shops/1/journey-map`, { headers })).json()
  await vi.waitFor(async () => expect(((await ask()) as JourneyMap).meta.persons).toBe(persons), {
    timeout: 30_000,
    interval: 500,
  })
}
