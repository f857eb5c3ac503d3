import { expect } from 'vitest'
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

/** Records events under the write key that the shop was made with. */
export async function sendEvents({ url }: WholeApp, owner: Cookie, batch: object[]): Promise<void> {
  const cookie = `${owner.name}=${owner.value}`
  const sources = await fetch(`${url}/api/shops/1/sources`, { headers: { cookie } })
  const { items } = (await sources.json()) as { items: { keys: { key: string }[] }[] }
  const writeKey = items.flatMap((source) => source.keys)[0]?.key
  const response = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writeKey, batch }),
  })
  expect(response.status).toBe(200)
}
