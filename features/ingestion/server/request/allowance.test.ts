import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAppError } from '../../../../kernel/errors.ts'
import { type IngestHarness, openIngest } from '../ingest-harness.ts'
import { createAllowance } from './allowance.ts'
import { nameClient } from './name-client.ts'
import { createRateLimit } from './rate-limit.ts'

describe('who counts as one client', () => {
  test.each([
    ['93.184.216.34', '93.184.216.34'],
    ['::ffff:93.184.216.34', '93.184.216.34'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['64:ff9b::93.184.216.34', '64:ff9b:0:0::/64'],
  ])('%s as %s', (address, name) => {
    expect(nameClient(address)).toBe(name)
  })

  test.each([
    '127.0.0.1',
    '::1',
    '10.1.2.3',
    '172.20.0.2',
    '192.168.1.9',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fe80::1',
    '',
  ])('%s is nobody in particular: the own network, or a proxy for everybody', (address) => {
    expect(nameClient(address)).toBeUndefined()
  })
})

test('of more keys than are held, the one silent longest begins anew', () => {
  const limit = createRateLimit(1, () => 0, { maxBuckets: 2 })
  limit.take('a', 2)
  limit.take('b', 2)
  expect(limit.take('a', 1)).toBe(1)
  limit.take('c', 2)
  expect(limit.take('a', 1)).toBe(1)
  expect(limit.take('b', 2)).toBeUndefined()
})

test('an address at its bound costs its source nothing, and goes on when time has passed', () => {
  let now = 0
  const allowance = createAllowance(100, () => now)
  const owner = { shop: 1, source: 2, key: 'k' } as never
  const sends = (address: string, events: number) => {
    try {
      allowance.take(owner, address, events)
      return 'taken'
    } catch (error) {
      return isAppError(error) ? error.message : error
    }
  }
  expect(sends('8.8.8.8', 20)).toBe('taken')
  for (let tries = 0; tries < 50; tries++)
    expect(sends('8.8.8.8', 20)).toBe('Too many events at once from this address; go on in 2 s.')
  for (let visitor = 1; visitor <= 9; visitor++) expect(sends(`9.9.9.${visitor}`, 20)).toBe('taken')
  expect(sends('9.9.9.10', 1)).toBe('Too many events at once; go on in 1 s.')
  now = 2_000
  expect(sends('8.8.8.8', 20)).toBe('taken')
})

describe('at the route', () => {
  let ingest: IngestHarness
  beforeAll(async () => {
    ingest = await openIngest({ eventsPerSecond: 50 })
  })
  afterAll(() => ingest.close())

  async function send(remoteAddress: string, headers: Record<string, string> = {}) {
    const batch = Array.from({ length: 10 }, () => ({ type: 'track', event: 'Tested', userId: 'u' }))
    const { statusCode, json, ...answer } = await ingest.app.inject({
      method: 'POST',
      url: '/v1/batch',
      payload: { batch, writeKey: ingest.key },
      remoteAddress,
      headers,
    })
    return { statusCode, message: json().error?.message, retryAfter: answer.headers['retry-after'] }
  }

  test('one network’s flood leaves the others their turn, whatever it writes into its headers', async () => {
    expect(await send('2001:db8::1')).toMatchObject({ statusCode: 200 })
    expect(await send('2001:db8::2', { 'x-forwarded-for': '8.8.4.4' })).toMatchObject({
      statusCode: 429,
      message: 'Too many events at once from this address; go on in 2 s.',
      retryAfter: '2',
    })
    expect(await send('2001:db8:0:1::2')).toMatchObject({ statusCode: 200 })
  })
})
