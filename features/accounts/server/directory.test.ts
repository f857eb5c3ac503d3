import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSilentLog } from '../../../platform/log.ts'
import { createPostgres, type Postgres } from '../../../platform/postgres.ts'
import { testEngineUrls } from '../../../test/harness.ts'
import { createShop, createWriteKey, ensureSource } from './actions.ts'
import { createDirectory, type Directory } from './directory.ts'
import { endKey, listSources, setKeyEnabled } from './source-store.ts'

/** Another process: what it writes is not announced to the directory. */
let elsewhere: Postgres
/** The directory's own way to PostgreSQL: one connection, so that a test can take it away. */
let own: Postgres
let directory: Directory
let clock: number
let queries: number
const QUERIES_A_READING = 2

beforeEach(() => {
  const { databaseUrl } = testEngineUrls()
  elsewhere = createPostgres(databaseUrl, createSilentLog())
  own = createPostgres(databaseUrl, createSilentLog(), { max: 1 })
  clock = 0
  queries = 0
  own.pool.on('acquire', () => queries++)
  directory = createDirectory(own.db, () => clock)
})
afterEach(async () => {
  await Promise.all([elsewhere.close(), own.pool.ended ? undefined : own.close()])
})

async function makeKey() {
  const shop = await createShop(elsewhere.db, { name: 'Чай' })
  const source = await ensureSource(elsewhere.db, shop, { kind: 'http', name: 'Сайт' })
  const key = await createWriteKey(elsewhere.db, { shop, source })
  const [listed] = await listSources(elsewhere.db, shop)
  return { shop, source, key, id: listed?.keys[0]?.id ?? '' }
}

describe('a write key', () => {
  it('made by another process works at once', async () => {
    await directory.findWriteKey('wk_nothing')
    const { key, shop, source } = await makeKey()
    clock += 1
    expect(await directory.findWriteKey(key)).toEqual({ shop, source })
  })

  it('that was refused a moment ago works a second later', async () => {
    const { key, shop, id } = await makeKey()
    await setKeyEnabled(elsewhere.db, id, false)
    expect(await directory.findWriteKey(key)).toBeUndefined()
    await setKeyEnabled(elsewhere.db, id, true)
    expect(await directory.findWriteKey(key)).toBeUndefined()
    clock += 1_001
    expect(await directory.findWriteKey(key)).toMatchObject({ shop })
  })

  it('revoked by another process stops working within two seconds', async () => {
    const { key, id } = await makeKey()
    expect(await directory.findWriteKey(key)).toBeDefined()
    await endKey(elsewhere.db, id)
    clock += 2_001
    expect(await directory.findWriteKey(key)).toBeUndefined()
  })

  it('is found without asking PostgreSQL while what is known is fresh', async () => {
    const { key } = await makeKey()
    await directory.findWriteKey(key)
    expect(queries).toBe(QUERIES_A_READING)
    for (let n = 0; n < 1_000; n++) await directory.findWriteKey(key)
    expect(queries).toBe(QUERIES_A_READING)
  })

  it('of which there is none costs one reading, however many are tried at once', async () => {
    const { key } = await makeKey()
    await directory.findWriteKey(key)
    queries = 0
    const tried = Array.from({ length: 500 }, (_, n) => directory.findWriteKey(`wk_guess${n}`))
    expect(new Set(await Promise.all(tried))).toEqual(new Set([undefined]))
    expect(queries).toBeLessThanOrEqual(2 * QUERIES_A_READING)
    queries = 0
    for (let n = 0; n < 500; n++) await directory.findWriteKey(`wk_guess${n}`)
    expect(queries).toBe(0)
  })
})

describe('settings', () => {
  it('are read anew before the next answer when this process changed something', async () => {
    const { shop } = await makeKey()
    expect(await directory.findShop(shop)).toMatchObject({ name: 'Чай', timeZone: 'Europe/Kyiv' })
    await elsewhere.db.execute(`UPDATE shops SET name = 'Кава' WHERE id = ${shop}`)
    clock += 1
    directory.expire()
    expect(await directory.findShop(shop)).toMatchObject({ name: 'Кава' })
  })

  it('of a shop that is not there are undefined', async () => {
    expect(await directory.findShop(2_000_000_000)).toBeUndefined()
  })
})

describe('while PostgreSQL is away', () => {
  it('known keys go on for as long as it takes, unknown ones are told to come again', async () => {
    const { key, shop, source } = await makeKey()
    await directory.findWriteKey(key)
    await own.close()
    for (let minute = 0; minute < 10; minute++) {
      clock += 60_000
      expect(await directory.findWriteKey(key)).toEqual({ shop, source })
    }
    clock += 1
    await expect(directory.findWriteKey('wk_new')).rejects.toMatchObject({
      code: 'store_away',
      retryAfterSeconds: 2,
    })
  })

  it('nobody is told that a key is wrong before the first reading', async () => {
    await own.close()
    clock += 1
    await expect(directory.findWriteKey('wk_any')).rejects.toMatchObject({ code: 'store_away' })
  })

  // Were each of them held up, these two hundred would take a hundred seconds.
  it('a hanging connection holds up one request for half a second, and the next ones not at all', {
    timeout: 50_000,
  }, async () => {
    const { key, shop } = await makeKey()
    await directory.findWriteKey(key)
    const held = await own.pool.connect()
    clock += 10_000
    const started = performance.now()
    expect(await directory.findWriteKey(key)).toMatchObject({ shop })
    expect(performance.now() - started).toBeGreaterThan(400)
    for (let n = 0; n < 200; n++) expect(await directory.findWriteKey(key)).toMatchObject({ shop })
    held.release()
    await expect
      .poll(async () => {
        clock += 3_000
        return (await directory.findWriteKey(`wk_${clock}`).catch(() => 'away')) ?? 'answered'
      })
      .toBe('answered')
  })
})
