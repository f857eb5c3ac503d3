import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import { createClickhouse } from '../../../../platform/clickhouse.ts'
import { createSilentLog } from '../../../../platform/log.ts'
import type { System } from '../../../../server/open-system.ts'
import { openTestSystem } from '../../../../test/harness.ts'
import { createShop } from '../../../accounts/server/actions.ts'
import { insertLinkChanges } from '../consumer/write-changes.ts'
import { bringLinks, readMirrorLag, startLinkMirror } from './link-mirror.ts'
import { resyncLinks } from './resync-links.ts'

let system: System
let shop: number
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
beforeEach(async () => {
  shop = await createShop(system.deps.db, { name: 'Mirror' })
})
afterAll(() => system.close())

const key = (name: string) => identityKey(shop, 'anonymous', name)

async function link(...pairs: [string, string][]): Promise<void> {
  const changes = pairs.map(([identity, person]) => ({ shop, identity: key(identity), person: key(person) }))
  await system.deps.db.transaction((tx) => insertLinkChanges(tx, changes))
}

async function readLinks(): Promise<Record<string, string>> {
  const rows = await system.deps.clickhouse.query<{ identity: string; person: string }>(
    'SELECT identity, person FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0',
    { params: { shop } },
  )
  return Object.fromEntries(rows.map(({ identity, person }) => [identity, person]))
}

async function bringAll(): Promise<void> {
  while ((await bringLinks(system.deps.db, system.deps.clickhouse)) > 0);
}

describe('the mirror of links', () => {
  it('brings links and takes them back', async () => {
    await link(['a', 'p'], ['b', 'p'])
    await bringAll()
    expect(await readLinks()).toEqual({ [key('a')]: key('p'), [key('b')]: key('p') })
    await link(['a', 'a'], ['b', 'q'])
    await bringAll()
    expect(await readLinks()).toEqual({ [key('b')]: key('q') })
    expect((await readMirrorLag(system.deps.db)).waiting).toBe(0)
  })

  it('shows the same when a change is brought twice, as after a crash', async () => {
    await link(['a', 'p'])
    await bringAll()
    await system.deps.db.execute(sql`UPDATE link_mirror SET last_id = last_id - 1 WHERE id = 1`)
    await bringAll()
    expect(await readLinks()).toEqual({ [key('a')]: key('p') })
  })

  it('waits while the event store is away, and goes on when it is back', async () => {
    const nowhere = createClickhouse('http://default:x@127.0.0.1:1')
    await link(['a', 'p'])
    const mirror = startLinkMirror({ db: system.deps.db, clickhouse: nowhere, log: createSilentLog() })
    await expect(mirror.drain()).rejects.toThrow()
    await mirror.close()
    await nowhere.close()
    const back = startLinkMirror({ ...system.deps, log: createSilentLog() })
    await back.drain()
    await back.close()
    expect(await readLinks()).toEqual({ [key('a')]: key('p') })
  })

  // The embedded engine is one session, which can't have two transactions open.
  it.skipIf(!process.env.TEST_DATABASE_URL)(
    'does not pass over a change that commits after a later one',
    async () => {
      const { db } = system.deps
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      let isWritten = () => {}
      const written = new Promise<void>((resolve) => {
        isWritten = resolve
      })
      const slow = db.transaction(async (tx) => {
        await insertLinkChanges(tx, [{ shop, identity: key('slow'), person: key('p') }])
        isWritten()
        await held
      })
      await written
      await link(['quick', 'p'])
      await bringAll()
      release()
      await slow
      await bringAll()
      expect(Object.keys(await readLinks()).sort()).toEqual([key('quick'), key('slow')].sort())
    },
  )

  it('brings everything anew on a restored PostgreSQL, whose versions are behind', async () => {
    const { db, clickhouse } = system.deps
    await bringAll()
    await db.execute(sql`
      INSERT INTO person_identities (shop, identity, person, kind, value, evidence, linked_at)
      VALUES (${shop}, ${key('a')}, ${key('p')}, 'anonymous', 'a', '{}', now())`)
    const ahead = 1_000_000 + shop * 1_000
    const row = (identity: string, version: number) => ({
      shop,
      identity: key(identity),
      person: key('q'),
      version,
      deleted: 0,
    })
    await clickhouse.insert('identity_links', [row('a', ahead), row('lost', ahead + 1)])
    await resyncLinks({ db, clickhouse, log: createSilentLog() })
    await bringAll()
    expect(await readLinks()).toEqual({ [key('a')]: key('p') })
    await link(['a', 'r'])
    await bringAll()
    expect(await readLinks()).toEqual({ [key('a')]: key('r') })
  })
})
