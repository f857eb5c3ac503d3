import { expect, test } from 'vitest'
import { hash128 } from '../../kernel/hash128.ts'
import { testEngineUrls } from '../../test/harness.ts'
import { createClickhouse } from '../clickhouse.ts'
import { createRecentMessages, warmRecentMessages } from './recent-messages.ts'

test('what was added is found, until it is forgotten for newer ones', () => {
  const capacity = 1_000
  const recent = createRecentMessages(capacity)
  const hashes = Array.from({ length: 20_000 }, (_, n) => hash128('seen', n))
  for (const [n, hash] of hashes.entries()) {
    recent.add(hash)
    if (n % 100 === 99)
      expect(hashes.slice(Math.max(0, n - capacity), n).filter((one) => !recent.has(one))).toEqual([])
  }
  expect(hashes.slice(0, 10_000).filter((hash) => recent.has(hash)).length).toBeLessThan(5)
})

test('new messages are hardly ever suspected', () => {
  const recent = createRecentMessages(21_000)
  for (let n = 0; n < 43_000; n++) recent.add(hash128('seen', n))
  let suspected = 0
  for (let n = 0; n < 100_000; n++) if (recent.has(hash128('new', n))) suspected++
  // Two filters of 24 bits and 12 probes an entry: about 1 in 35,000.
  expect(suspected).toBeLessThan(15)
})

test('an hour of the store is taken in without a long turn', async () => {
  const clickhouse = createClickhouse(testEngineUrls().clickhouseUrl)
  const shop = 800_000_000 + Math.floor(Math.random() * 1e8)
  await clickhouse.command(
    `INSERT INTO message_ids SELECT ${shop}, generateUUIDv4(number), now() FROM numbers(50000)`,
  )
  const recent = createRecentMessages(1_000_000)
  let turns = 0
  const counting = setInterval(() => turns++, 0)
  await warmRecentMessages(clickhouse, recent, Date.now(), new AbortController().signal)
  clearInterval(counting)
  expect(turns).toBeGreaterThan(3)
  const rows = await clickhouse.query<{ hash: string }>(
    'SELECT message_hash AS hash FROM message_ids WHERE shop = {shop:UInt32}',
    { params: { shop } },
  )
  expect(rows).toHaveLength(50_000)
  expect(rows.filter(({ hash }) => !recent.has(hash))).toEqual([])
  await clickhouse.close()
})
