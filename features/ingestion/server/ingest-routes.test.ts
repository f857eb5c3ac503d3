import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IngestHarness, openIngest } from './ingest-harness.ts'
import { INGEST_PATHS } from './ingest-routes.ts'

let ingest: IngestHarness
beforeAll(async () => {
  ingest = await openIngest()
})
afterAll(() => ingest.close())

const track = (given: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Tested',
  userId: 'u',
  messageId: randomUUID(),
  timestamp: new Date().toISOString(),
  ...given,
})
const all = (recorded: number) => ({ success: true, recorded, duplicates: 0, rejected: [] })

async function findEvent(messageId: string) {
  return (await ingest.events()).find((row) => row.message_id === messageId)
}

test('an event is recorded with its facts and what they mean', async () => {
  const answer = await ingest.post('/v1/track', {
    event: 'Order Completed',
    userId: 'u1',
    anonymousId: 'a1',
    messageId: 'first',
    timestamp: '2026-01-31T12:00:00.000Z',
    properties: { order_id: 'A-1', total: 1428.61, currency: 'UAH' },
    context: {
      page: {
        url: 'https://shop.example/thanks?utm_source=google&utm_medium=cpc&gclid=x',
        referrer: 'https://google.com/',
      },
    },
  })
  expect(answer.body).toEqual(all(1))
  expect(await findEvent('first')).toMatchObject({
    shop: ingest.shop,
    source: ingest.source,
    kind: 'track',
    name: 'Order Completed',
    user_id: 'u1',
    anonymous_id: 'a1',
    identity_kind: 'user',
    order_id: 'A-1',
    amount: 142861,
    currency: 'UAH',
    path: '/thanks',
    utm_source: 'google',
    click_id: 'gclid',
    channel: 'search_ad',
    sent_ts: '2026-01-31 12:00:00.000',
    ts: '2026-01-31 12:00:00.000',
    marks: [],
  })
})

// Each month is a partition of the history that all tests share, so the odd ones are few.
const someDate = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('0000-01-01', '1969-12-31', '1999-12-31', '2099-12-31', '2100-01-01', '9999-12-31')
      .map((text) => new Date(text)),
  },
)

describe('the doors', () => {
  test.each(Object.entries(INGEST_PATHS))('%s takes %s', async (path, kind) => {
    const message = track({ type: kind === 'batch' ? 'track' : undefined, previousId: 'p', groupId: 'g' })
    const answer = await ingest.post(path, kind === 'batch' ? { batch: [message] } : message)
    expect(answer).toMatchObject({ status: 200, body: all(1) })
    expect(await findEvent(message.messageId)).toMatchObject({ kind: kind === 'batch' ? 'track' : kind })
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'text/plain;charset=UTF-8',
    undefined,
  ])('a body of type %s is read', async (type) => {
    expect(await ingest.post('/v1/t', track(), { 'content-type': type })).toMatchObject({
      status: 200,
      body: all(1),
    })
  })

  test('the key may stand in the body, and a byte order mark before it', async () => {
    const body = `\uFEFF${JSON.stringify({ writeKey: ingest.key, batch: [track()] })}`
    expect(await ingest.post('/v1/b', body, { authorization: '' })).toMatchObject({
      status: 200,
      body: all(1),
    })
  })

  test('a compressed body is read', async () => {
    const body = gzipSync(JSON.stringify({ batch: [track(), track()] }))
    expect(await ingest.post('/v1/batch', body, { 'content-encoding': 'gzip' })).toMatchObject({
      body: all(2),
    })
  })

  test('pages of any site may send, and ask before only once a day', async () => {
    const asked = await ingest.app.inject({
      method: 'OPTIONS',
      url: '/v1/t',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(asked.statusCode).toBe(204)
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-max-age': '86400',
    })
    expect(asked.headers['access-control-allow-headers']).toContain('authorization')
    expect(asked.headers['access-control-allow-credentials']).toBeUndefined()
    const refused = await ingest.post('/v1/t', track(), { authorization: '' })
    expect(refused.headers['access-control-allow-origin']).toBe('*')
  })

  test('browser clients find themselves as their only destination', async () => {
    const url = `/v1/projects/${ingest.key}/settings`
    const answer = await ingest.app.inject({
      url,
      headers: { host: 'tropa.example:8443', origin: 'https://shop.example' },
    })
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    const settings = answer.json()
    expect(Object.keys(settings.integrations)).toEqual(['Segment.io'])
    expect(settings.integrations['Segment.io']).toMatchObject({
      apiKey: ingest.key,
      apiHost: 'tropa.example:8443/v1',
      protocol: 'http',
    })
    expect((await ingest.app.inject({ url: '/v1/projects/nobody/settings' })).statusCode).toBe(404)
    expect(
      (
        await ingest.app.inject({
          method: 'POST',
          url: '/v1/m',
          payload: '{"series":[]}',
          headers: { 'content-type': 'text/plain' },
        })
      ).statusCode,
    ).toBe(200)
  })
})

describe('requests that can not be taken', () => {
  test('what is not JSON is refused with its place, and kept for its sender to see', async () => {
    const answer = await ingest.post('/v1/track', '{"event": "A",\n "userId": }')
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatchObject({
      code: 'bad_request',
      message: `The request is not JSON at line 2, column 12: "}" can't stand there.`,
      details: { reason: 'malformed_json', line: 2, column: 12 },
    })
    expect((await ingest.rejects()).filter((row) => row.reason === 'malformed_json')).toMatchObject([
      { source: ingest.source, payload: '{"event": "A",\n "userId": }' },
    ])
  })

  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"a"'],
    ['a word', 'null'],
    ['an unfinished one', '{"batch": ['],
    ['UTF-16', Buffer.from('{"event":"A"}', 'utf16le')],
  ])('%s is no request', async (_, body) => {
    expect((await ingest.post('/v1/track', body)).status).toBe(400)
  })

  test('a request without any body is no request', async () => {
    const authorization = `Basic ${Buffer.from(`${ingest.key}:`).toString('base64')}`
    const answer = await ingest.app.inject({ method: 'POST', url: '/v1/track', headers: { authorization } })
    expect(answer.statusCode).toBe(400)
  })

  test.each([{}, { batch: {} }, { batch: 'a' }, { batch: null }])('%j is no batch', async (body) => {
    expect(await ingest.post('/v1/batch', body)).toMatchObject({
      status: 400,
      body: { error: { details: { reason: 'malformed_request' } } },
    })
  })

  test.each([
    ['no key', {}],
    ['an unknown key', { authorization: `Basic ${Buffer.from('wk_nobody:').toString('base64')}` }],
    ['something else', { authorization: 'Bearer x' }],
    ['no base64', { authorization: 'Basic ###' }],
  ])('%s is answered with 401', async (_, headers) => {
    expect(await ingest.post('/v1/track', track(), { authorization: '', ...headers })).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthenticated' } },
    })
  })

  test('501 KB are too many, 500 KB are not', async () => {
    const pad = (bytes: number) => {
      const empty = Buffer.byteLength(JSON.stringify({ batch: [track()], pad: '' }))
      return JSON.stringify({ batch: [track()], pad: 'x'.repeat(bytes - empty) })
    }
    expect(await ingest.post('/v1/batch', pad(500 * 1024))).toMatchObject({ status: 200, body: all(1) })
    expect(await ingest.post('/v1/batch', pad(501 * 1024))).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large' } },
    })
  })

  test('a context of a batch may be carried by its messages up to 2 MB, and no further', async () => {
    const messages = (n: number) => Array.from({ length: n }, () => track())
    const context = { page: { title: 'x'.repeat(20_000) } }
    expect((await ingest.post('/v1/batch', { batch: messages(99), context })).body).toEqual(all(99))
    const refused = await ingest.post('/v1/batch', { batch: messages(101), context })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({
      error: { code: 'bad_request', details: { reason: 'malformed_request' } },
    })
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const nested = await ingest.post('/v1/batch', `{"batch":[{}],"context":${deep}}`)
    expect(nested.status).toBe(400)
  })

  test('a bomb is stopped at the bound, and what only says that it is gzip is said to be broken', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(500 * 1024)
    const gzip = { 'content-encoding': 'gzip' }
    expect((await ingest.post('/v1/batch', bomb, gzip)).status).toBe(413)
    expect((await ingest.post('/v1/batch', { batch: [] }, gzip)).status).toBe(400)
    expect((await ingest.post('/v1/batch', gzipSync('{"batch":[]}').subarray(0, 15), gzip)).status).toBe(400)
    expect((await ingest.post('/v1/batch', '', { 'content-encoding': 'br' })).status).toBe(415)
  })

  test('other types of bodies are named', async () => {
    const answer = await ingest.post('/v1/track', '<event/>', { 'content-type': 'application/xml' })
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'unsupported' } } })
    expect(answer.body.error?.message).toContain('application/xml')
  })

  test('too many at once are told when to come again', async () => {
    const slow = await openIngest({ eventsPerSecond: 5 })
    const batch = { batch: Array.from({ length: 10 }, () => track()) }
    expect((await slow.post('/v1/batch', batch)).status).toBe(200)
    const refused = await slow.post('/v1/batch', batch)
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'too_many_requests' } } })
    expect(Number(refused.headers['retry-after'])).toBe(2)
    expect(await slow.events()).toHaveLength(10)
    await slow.close()
  })
})

describe('events that can not be taken', () => {
  test('each is told with its place and reason, and the others are recorded', async () => {
    const good = track()
    const answer = await ingest.post('/v1/batch', {
      batch: [
        good,
        'text',
        track({ event: '', messageId: 'nameless' }),
        good,
        track({ properties: { text: 'x'.repeat(33 * 1024) } }),
        track({ userId: '' }),
        track({ context: { userAgent: 'Googlebot/2.1' } }),
        track({ context: { consent: { analytics: false } }, userId: 'private' }),
        JSON.parse(
          `{"type":"track","event":"Deep","userId":"u","properties":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
        ),
      ],
    })
    expect(answer).toMatchObject({ status: 200, body: { success: true, recorded: 1, duplicates: 1 } })
    expect(answer.body.rejected.map((item) => [item.index, item.reason])).toEqual([
      [1, 'not_an_object'],
      [2, 'no_event_name'],
      [4, 'too_large'],
      [5, 'no_identity'],
      [6, 'bot'],
      [7, 'no_consent'],
      [8, 'too_deep'],
    ])
    expect(answer.body.rejected[1]?.message).toBe('A track event has a name in "event". Here event is "".')
    const kept = await ingest.rejects()
    expect(kept.find((row) => row.reason === 'no_event_name')).toMatchObject({
      message_id: 'nameless',
      source: ingest.source,
    })
    expect(JSON.parse(String(kept.find((row) => row.reason === 'no_event_name')?.payload))).toMatchObject({
      messageId: 'nameless',
    })
  })

  test('of who said no nothing is kept but the fact', async () => {
    await ingest.post(
      '/v1/track',
      track({ userId: 'secret person', context: { consent: { analytics: false } } }),
    )
    const kept = (await ingest.rejects()).filter((row) => row.reason === 'no_consent')
    expect(JSON.stringify(kept)).not.toContain('secret person')
    expect(kept.at(-1)).toMatchObject({ payload: '', message_id: '', name: '' })
  })

  test('texts that no store takes are mended', async () => {
    const id = randomUUID()
    await ingest.post(
      '/v1/track',
      `{"event":"A\\u0000B","userId":"u\\ud800","messageId":"${id}","properties":{"__proto__":{"admin":true},"k\\u0000":"\\udfff"}}`,
    )
    expect(await findEvent(id)).toMatchObject({
      name: 'AB',
      user_id: 'u\uFFFD',
      properties: '{"k":"\uFFFD"}',
    })
  })

  test('an empty batch is fine', async () => {
    expect(await ingest.post('/v1/batch', { batch: [] })).toMatchObject({ status: 200, body: all(0) })
  })
})

test('the same request sent twice is recorded once and says so', async () => {
  const body = { batch: [track(), track(), track()] }
  expect((await ingest.post('/v1/batch', body)).body).toEqual(all(3))
  expect((await ingest.post('/v1/batch', body)).body).toMatchObject({ recorded: 0, duplicates: 3 })
})

test('whatever JSON is sent, nobody sees an error of ours, and what was acknowledged is there', async () => {
  const shop = await openIngest()
  const value = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 })
  const message = fc.record(
    {
      type: fc.oneof(fc.constantFrom('track', 'page', 'identify', 'group', 'alias', 'screen'), value),
      event: fc.oneof(fc.string(), value),
      userId: fc.oneof(fc.string(), value),
      anonymousId: value,
      messageId: fc.oneof(fc.uuid(), value),
      timestamp: fc.oneof(someDate, fc.integer(), value),
      sentAt: value,
      properties: fc.oneof(fc.dictionary(fc.string(), value), value),
      traits: value,
      context: fc.oneof(
        fc.dictionary(fc.constantFrom('page', 'campaign', 'traits', 'consent', 'userAgent'), value),
        value,
      ),
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    fc.record({ batch: fc.array(fc.oneof(message, value), { maxLength: 8 }) }),
    message,
    value,
  )
  let acknowledged = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(INGEST_PATHS)), body, async (path, given) => {
      const answer = await shop.post(path, given)
      expect([200, 400]).toContain(answer.status)
      if (answer.status !== 200) return
      const { recorded, duplicates, rejected } = answer.body
      acknowledged += recorded
      const sent = INGEST_PATHS[path] === 'batch' ? (given as { batch: unknown[] }).batch.length : 1
      expect(recorded + duplicates + rejected.length).toBe(sent)
    }),
    { numRuns: 200 },
  )
  expect(await shop.events()).toHaveLength(acknowledged)
  await shop.close()
})
