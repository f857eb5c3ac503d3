import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IngestHarness, openIngest } from './ingest-harness.ts'

let ingest: IngestHarness
beforeAll(async () => {
  ingest = await openIngest()
})
afterAll(() => ingest.close())

const get = (headers: Record<string, string> = {}) => ingest.app.inject({ url: '/t.js', headers })

describe('GET /t.js', () => {
  test('is for everybody, for an hour, plain or packed', async () => {
    const plain = await get()
    expect(plain.statusCode).toBe(200)
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'access-control-allow-origin': '*',
      vary: 'accept-encoding',
    })
    const packed = await get({ 'accept-encoding': 'br, gzip, deflate' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
  })

  test('is not sent again to who has it', async () => {
    const etag = String((await get()).headers.etag)
    const again = await get({ 'if-none-match': `W/${etag}, "other"` })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
    expect((await get({ 'if-none-match': '"other"' })).statusCode).toBe(200)
  })
})

test('what a batch says in its own context holds for its messages, unless they say otherwise', async () => {
  const message = (given: object) => ({
    type: 'track',
    event: 'Tested',
    anonymousId: 'a',
    messageId: randomUUID(),
    ...given,
  })
  const batch = [
    message({}),
    message({ context: { locale: 'uk' } }),
    message({ context: { consent: { analytics: false } } }),
    message({ context: 'nonsense' }),
    'nonsense',
  ]
  const context = { consent: { analytics: true }, locale: 'ru' }
  const { body } = await ingest.post('/v1/batch', { batch, context }, { 'sec-gpc': '1' })
  expect(body.recorded).toBe(2)
  expect(body.rejected.map(({ index, reason }) => [index, reason])).toEqual([
    [2, 'no_consent'],
    [3, 'no_consent'],
    [4, 'not_an_object'],
  ])
  const locales = (await ingest.events()).map((row) => JSON.parse(String(row.context)).locale)
  expect(locales.sort()).toEqual(['ru', 'uk'])
})
