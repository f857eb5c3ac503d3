import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityKey, messageHash } from '../../../kernel/hash128.ts'
import type { FeedEvent } from '../../../platform/feed/event-row.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import { rejectReasons } from '../contract.ts'
import { prepareMessage } from './pipeline.ts'
import type { Drop, StepContext } from './steps/step.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const DAY = 86_400_000

const http: StepContext = {
  shop: 7,
  source: 3,
  origin: 'http',
  receivedAt: NOW,
  skew: 0,
  kind: undefined,
  optedOut: false,
  isBrowser: false,
  isTextClean: false,
  currency: 'UAH',
  domains: ['shop.example'],
  phoneCountry: 'UA',
  consentMode: 'respect',
  registry: getDefaultRegistry(),
}

function take(message: unknown, context: Partial<StepContext> = {}): FeedEvent {
  const prepared = prepareMessage(message, { ...http, ...context })
  if ('reason' in prepared) throw new Error(`${prepared.reason}: ${prepared.detail}`)
  return prepared
}

function refuse(message: unknown, context: Partial<StepContext> = {}): Drop {
  const prepared = prepareMessage(message, { ...http, ...context })
  if (!('reason' in prepared)) throw new Error('it was taken')
  return prepared
}

const track = (given: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Tested',
  userId: 'u',
  messageId: 'm',
  timestamp: new Date(NOW).toISOString(),
  ...given,
})

describe('whose event it is', () => {
  test.each([
    [{ userId: 'u', anonymousId: 'a' }, 'user', 'u'],
    [{ userId: 42, anonymousId: 'a' }, 'user', '42'],
    [{ userId: ' u ' }, 'user', 'u'],
    [{ userId: null, anonymousId: 'a' }, 'anonymous', 'a'],
    [{ userId: '', anonymousId: 'a' }, 'anonymous', 'a'],
    [{ userId: 'undefined', anonymousId: 'a' }, 'anonymous', 'a'],
    [{ userId: null, traits: { email: ' Olena@Example.COM ' } }, 'email', 'olena@example.com'],
    [
      { userId: null, context: { traits: { email: 'x@example.com' } }, traits: { phone: '0501234567' } },
      'email',
      'x@example.com',
    ],
    [{ userId: null, traits: { phone: '050 123-45-67' } }, 'phone', '+380501234567'],
  ] as const)('%j is %s %s', (given, kind, value) => {
    const row = take(track(given))
    expect(row.identity_kind).toBe(kind)
    expect(row.identity).toBe(identityKey(7, kind, value))
  })

  test('nobody at all is refused, and placeholders are nobody', () => {
    expect(refuse(track({ userId: null })).reason).toBe('no_identity')
    for (const id of ['null', 'NaN', '[object Object]', '0', 'anonymous'])
      expect(refuse(track({ userId: id })).reason).toBe('no_identity')
    expect(take(track({ userId: 'null', anonymousId: 'a' })).marks).toContain('placeholder_id')
  })
})

describe('what is not an event', () => {
  test.each([
    [null, 'not_an_object'],
    ['text', 'not_an_object'],
    [[], 'not_an_object'],
    [{}, 'unknown_type'],
    [track({ type: 'delete' }), 'unknown_type'],
    [track({ type: 5 }), 'unknown_type'],
    [track({ event: undefined }), 'no_event_name'],
    [track({ event: '  ' }), 'no_event_name'],
    [track({ event: {} }), 'no_event_name'],
    [track({ properties: 'a' }), 'wrong_type'],
    [track({ properties: [] }), 'wrong_type'],
    [track({ context: 1 }), 'wrong_type'],
    [track({ userId: {} }), 'wrong_type'],
    [track({ userId: true }), 'wrong_type'],
    [track({ messageId: {} }), 'wrong_type'],
    [track({ userId: 'u'.repeat(256) }), 'id_too_long'],
    [track({ timestamp: 'yesterday' }), 'bad_time'],
    [track({ timestamp: {} }), 'bad_time'],
    [track({ properties: { text: 'x'.repeat(33 * 1024) } }), 'too_large'],
    [track({ integrations: { text: 'я'.repeat(17 * 1024) } }), 'too_large'],
  ] as const)('%#: refused as it should be', (message, reason) => {
    const stopped = refuse(message)
    expect(stopped.reason).toBe(reason)
    expect(stopped.detail).not.toBe('')
  })

  test('a field that is null is a field that is not there', () => {
    expect(
      take(track({ properties: null, context: null, traits: null, anonymousId: null, sentAt: null }))
        .properties,
    ).toBe('{}')
  })

  test('exactly 32 KB are taken', () => {
    const room = 32 * 1024 - Buffer.byteLength(JSON.stringify(track({ properties: { t: '' } })))
    expect(take(track({ properties: { t: 'x'.repeat(room) } })).name).toBe('Tested')
    expect(refuse(track({ properties: { t: 'x'.repeat(room + 1) } })).reason).toBe('too_large')
  })
})

describe('when it was', () => {
  test('a wrong clock is set right by sentAt, and the key keeps what the client said', () => {
    const row = take(track({ timestamp: new Date(NOW - DAY - 5_000).toISOString() }), { skew: DAY })
    expect(row).toMatchObject({ sent_ts: NOW - DAY - 5_000, ts: NOW - 5_000, marks: ['skewed'] })
  })

  test('a delay below two seconds is the network', () => {
    expect(take(track(), { skew: 1_999 })).toMatchObject({ ts: NOW, marks: [] })
    expect(take(track(), { skew: 2_000 })).toMatchObject({ ts: NOW + 2_000, marks: ['skewed'] })
  })

  test('a retry with another sentAt has the same key', () => {
    const first = take(track({ sentAt: new Date(NOW).toISOString() }))
    const second = take(track({ sentAt: new Date(NOW + 60_000).toISOString() }), { receivedAt: NOW + 90_000 })
    for (const column of ['identity', 'sent_ts', 'message_hash'] as const)
      expect(second[column]).toBe(first[column])
    expect(second.ts).not.toBe(first.ts)
  })

  test('the future and the past are kept and marked', () => {
    expect(take(track({ timestamp: NOW + DAY + 1 })).marks).toEqual(['future'])
    expect(take(track({ timestamp: NOW + DAY })).marks).toEqual([])
    expect(take(track({ timestamp: '1999-12-31T23:59:59Z' }))).toMatchObject({
      ts: Date.UTC(1999, 11, 31, 23, 59, 59),
      sent_ts: Date.UTC(2000, 0, 1),
      marks: ['past', 'clamped'],
      original_time: '1999-12-31T23:59:59Z',
    })
  })

  test('years 0 and 9999 are kept as far as they can be held, and as they were written', () => {
    expect(take(track({ timestamp: '0000-01-01T00:00:00Z' }))).toMatchObject({
      ts: Date.UTC(1900, 0, 1),
      sent_ts: Date.UTC(2000, 0, 1),
      marks: ['past', 'clamped'],
      original_time: '0000-01-01T00:00:00Z',
    })
    expect(take(track({ timestamp: '9999-12-31T23:59:59Z' }))).toMatchObject({
      ts: Date.UTC(2300, 0, 1) - 1,
      sent_ts: Date.UTC(2100, 0, 1) - 1,
      marks: ['future', 'clamped'],
      original_time: '9999-12-31T23:59:59Z',
    })
  })

  test('without a time it happened when it arrived, and a retry still has the same key', () => {
    const first = take(track({ timestamp: undefined }))
    const second = take(track({ timestamp: undefined }), { receivedAt: NOW + 45 * DAY })
    expect(first).toMatchObject({ ts: NOW, marks: ['untimed'] })
    expect(second.sent_ts).toBe(first.sent_ts)
    expect(take(track({ timestamp: undefined, messageId: undefined })).sent_ts).toBe(NOW)
  })

  test('originalTimestamp is the client’s own where an older client sends both', () => {
    const row = take(track({ originalTimestamp: NOW - 9_000, timestamp: NOW - 5_000, sentAt: NOW - 4_000 }))
    expect(row).toMatchObject({ sent_ts: NOW - 9_000, ts: NOW - 5_000 })
  })

  test('a sentAt that is no time is passed over', () => {
    expect(take(track({ sentAt: 'soon' }))).toMatchObject({ ts: NOW, marks: [] })
  })
})

describe('what it says', () => {
  test('an id is made where none is given, and only its beginning is kept of a long one', () => {
    expect(take(track({ messageId: undefined })).message_id).toMatch(/^[0-9a-f-]{36}$/)
    const long = take(track({ messageId: 'x'.repeat(300) }))
    expect(long.message_id).toHaveLength(255)
    expect(long.message_hash).toBe(messageHash(7, 'x'.repeat(300)))
    expect(long.marks).toContain('cut')
  })

  test('the address’s kind outranks the message’s', () => {
    expect(take(track({ type: 'identify' }), { kind: 'track' }).kind).toBe('track')
  })

  test('former ids, groups and categories are kept among the properties', () => {
    expect(take({ type: 'alias', userId: 'u', previousId: 'a' }).properties).toBe('{"previousId":"a"}')
    expect(take({ type: 'group', userId: 'u', groupId: 'g', traits: { name: 'G' } })).toMatchObject({
      properties: '{"groupId":"g"}',
      traits: '{"name":"G"}',
    })
    expect(take({ type: 'page', userId: 'u', name: 'Home', category: 'Docs' })).toMatchObject({
      name: 'Home',
      properties: '{"category":"Docs"}',
    })
  })

  test.each([
    [{ total: 1428.61 }, 142_861, 'UAH'],
    [{ revenue: '10', currency: 'usd' }, 1_000, 'USD'],
    [{ value: '1 234,50', currency: 'UAH' }, 123_450, 'UAH'],
    [{ total: 5, revenue: 4, value: 3, currency: 'JPY' }, 5, 'JPY'],
    [{ total: 0 }, 0, 'UAH'],
  ] as const)('%j is %d %s', (properties, amount, currency) => {
    expect(take(track({ properties }))).toMatchObject({ amount, currency, marks: [] })
  })

  test.each([{ total: 'free' }, { total: {} }, { total: 5, currency: 'sheep' }, { total: 1e300 }])(
    '%j has no readable amount',
    (properties) => {
      expect(take(track({ properties }))).toMatchObject({ amount: null, currency: '', marks: ['bad_amount'] })
    },
  )

  test('campaign, address and visit are read from wherever clients put them', () => {
    const row = take({
      type: 'page',
      anonymousId: 'a',
      properties: {
        url: 'https://shop.example/a/b?utm_source=x&utm_term=t',
        referrer: 'https://hotline.ua/',
      },
      context: { campaign: { source: 'mail', name: 'Осінь' }, sessionId: 123 },
    })
    expect(row).toMatchObject({
      url: 'https://shop.example/a/b?utm_source=x&utm_term=t',
      path: '/a/b',
      referrer: 'https://hotline.ua/',
      utm_source: 'mail',
      utm_campaign: 'Осінь',
      utm_term: 't',
      session_id: '123',
    })
  })
})

describe('who is left out', () => {
  const bot = {
    context: { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
  }

  test('robots that say so, but not in files and not the libraries of servers', () => {
    expect(refuse(track(bot)).reason).toBe('bot')
    expect(take(track(bot), { origin: 'import' }).name).toBe('Tested')
    expect(take(track({ context: { library: { name: '@segment/analytics-node' } } })).name).toBe('Tested')
  })

  test('a browser that drives itself on this machine is a developer trying things out', () => {
    const page = (url: string) => track({ context: { userAgent: 'HeadlessChrome/141.0', page: { url } } })
    expect(refuse(page('https://shop.example/')).reason).toBe('bot')
    expect(take(page('http://127.0.0.1:8080/shop')).name).toBe('Tested')
    expect(take(page('http://localhost/')).name).toBe('Tested')
  })

  test.each([
    ['respect', { consent: { categoryPreferences: { Analytics: false } } }, {}, 'no_consent'],
    ['respect', { consent: { analytics_storage: 'denied' } }, {}, 'no_consent'],
    ['respect', { consent: { categoryPreferences: { Advertising: false } } }, {}, undefined],
    ['respect', {}, { optedOut: true }, 'no_consent'],
    ['respect', { gpc: true }, {}, 'no_consent'],
    ['respect', { consent: { analytics: true } }, { optedOut: true }, undefined],
    ['ignore', { consent: { analytics: false } }, { optedOut: true }, undefined],
    ['require', {}, { isBrowser: true }, 'no_consent'],
    ['require', { consent: { analytics: true } }, { isBrowser: true }, undefined],
    ['require', {}, { isBrowser: false }, undefined],
  ] as const)('%s, %j, %j: %s', (consentMode, said, context, reason) => {
    const prepared = prepareMessage(track({ context: said }), { ...http, consentMode, ...context })
    expect('reason' in prepared ? prepared.reason : undefined).toBe(reason)
  })
})

test('whatever JSON comes, it becomes a whole row or has a reason', () => {
  const value = fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 })
  const message = fc.record(
    Object.fromEntries(
      [
        'type',
        'event',
        'messageId',
        'userId',
        'anonymousId',
        'timestamp',
        'sentAt',
        'properties',
        'traits',
        'context',
        '__proto__',
        'name',
      ].map((field) => [
        field,
        fc.oneof(
          value,
          fc.constantFrom('track', 'page', 'identify', 'alias', 'x@example.com'),
          fc.dictionary(fc.string(), value),
        ),
      ]),
    ),
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(message, value), (given) => {
      const prepared = prepareMessage(JSON.parse(JSON.stringify(given)), http)
      if ('reason' in prepared) return void expect(rejectReasons).toContain(prepared.reason)
      expect(prepared.identity).toMatch(/^[0-9a-f-]{36}$/)
      expect(Object.values(prepared).every((part) => part !== undefined && !Number.isNaN(part))).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
