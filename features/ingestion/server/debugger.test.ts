import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createWriteKey, ensureSource } from '../../accounts/server/actions.ts'
import type { ArrivalList, EventDetail, LiveArrivals, RefusalList } from '../debugger-contract.ts'

let test: TestApp
let writeKey: string
let base: string

beforeAll(async () => {
  test = await openTestApp()
  const source = await ensureSource(test.deps.db, test.shop, { kind: 'http', name: 'Site' })
  writeKey = await createWriteKey(test.deps.db, { shop: test.shop, source })
  await test.app.listen({ port: 0, host: '127.0.0.1' })
  base = `/api/shops/${test.shop}/ingest`
})

afterAll(() => test?.close())

async function send(batch: object[]): Promise<void> {
  const response = await test.app.inject({ method: 'POST', url: '/v1/batch', payload: { writeKey, batch } })
  expect(response.statusCode, response.body).toBe(200)
}

async function ask<T>(path: string): Promise<T> {
  const response = await test.as('viewer')({ url: `${base}${path}` })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as T
}

const page = (n: number) => ({
  type: 'page',
  messageId: `m-${n}`,
  anonymousId: `visitor-${n}`,
  name: 'Каталог',
})

describe('the debugger', () => {
  it('lists what was recorded last first, page by page, each event once', async () => {
    await send(Array.from({ length: 7 }, (_, n) => page(n)))
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const list: ArrivalListAnswer = await ask(`/recent?limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...list.items.map((item) => item.messageId))
      cursor = list.nextCursor
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, n) => `m-${n}`))
  })

  it('finds an event by its id, its person and a part of its name in any case', async () => {
    await send([{ type: 'track', messageId: 'found-me', userId: 'u-9', event: 'Пошук Пройшов' }])
    for (const q of ['found-me', 'u-9', 'пошук']) {
      const { items } = await ask<ArrivalListAnswer>(`/recent?q=${encodeURIComponent(q)}`)
      expect(
        items.map((item) => item.messageId),
        q,
      ).toEqual(['found-me'])
    }
  })

  it('shows everything that is stored of one event, and nothing of another shop', async () => {
    await send([
      {
        type: 'track',
        messageId: 'whole',
        userId: 'u-1',
        event: 'Order Completed',
        properties: { order_id: 'A-1', total: 12.5, deep: { a: [1, 'є'] } },
      },
    ])
    const { items } = await ask<ArrivalListAnswer>('/recent?q=whole')
    const hash = items[0]?.hash
    const detail = await ask<EventDetail>(`/events/${hash}`)
    expect(detail).toMatchObject({
      messageId: 'whole',
      facts: { order_id: 'A-1', amount: 1250 },
      properties: { deep: { a: [1, 'є'] } },
    })
    const foreign = await test.as('stranger')({ url: `${base}/events/${hash}` })
    expect(foreign.statusCode).toBe(404)
  })

  it('keeps refusals with their reason and what arrived, paged without gaps at equal times', async () => {
    await send([
      page(100),
      ...Array.from({ length: 5 }, (_, n) => ({ type: 'track', messageId: `bad-${n}`, anonymousId: 'v' })),
    ])
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const list: RefusalListAnswer = await ask(
        `/rejects?reason=no_event_name&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...list.items.map((item) => item.messageId))
      cursor = list.nextCursor
    }
    expect(seen.toSorted()).toEqual(['bad-0', 'bad-1', 'bad-2', 'bad-3', 'bad-4'])
    const exported = await test.as('marketer')({ url: `${base}/rejects.ndjson?reason=no_event_name` })
    expect(
      exported.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).messageId)
        .toSorted(),
    ).toEqual(seen.toSorted())
  })

  it('refuses a cursor that is not its own', async () => {
    const response = await test.as('viewer')({ url: `${base}/recent?cursor=bm9wZQ` })
    expect(response.statusCode).toBe(400)
  })

  it('streams what arrives while somebody looks, accepted and refused', async () => {
    const address = test.app.server.address() as { port: number }
    const abort = new AbortController()
    const response = await fetch(`http://127.0.0.1:${address.port}${base}/live`, {
      headers: { authorization: `Bearer ${test.tokens.viewer}` },
      signal: abort.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const sent = send([page(200), { type: 'nonsense', messageId: 'n', anonymousId: 'v' }])
    const messages = await readMessages(response)
    await sent
    expect(messages.flatMap(({ arrivals }) => arrivals).map((item) => item.messageId)).toEqual(['m-200'])
    expect(messages.flatMap(({ refusals }) => refusals).map((item) => item.reason)).toEqual(['unknown_type'])
    abort.abort()
  })
})

type ArrivalListAnswer = import('typebox').Static<typeof ArrivalList>
type RefusalListAnswer = import('typebox').Static<typeof RefusalList>

/** Up to the first with a refusal: events and refusals are written one after the other, and may come apart. */
async function readMessages(response: Response): Promise<LiveArrivals[]> {
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8')
    const messages = [...text.matchAll(/data: (\{"arrivals".*)\n\n/g)].map(
      ([, data]) => JSON.parse(data as string) as LiveArrivals,
    )
    if (messages.some(({ refusals }) => refusals.length > 0)) return messages
  }
  throw new Error(`The stream ended: ${text}`)
}
