import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { linkVersion, listIdentities, personsJoin } from './reads.ts'
import { sketchEvents } from './testing/feed-events.ts'

let system: System
let shop: number
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
  shop = await createShop(system.deps.db, { name: 'Reads' })
})
afterAll(() => system.close())

describe('personsJoin', () => {
  it('is one join on the links of the shop', () => {
    expect(personsJoin()).toEqual({
      join: 'LEFT ANY JOIN (SELECT identity, person FROM identity_links FINAL WHERE shop = {shop:UInt32} AND deleted = 0) AS links ON links.identity = e.identity',
      person: "if(links.person = toUUID('00000000-0000-0000-0000-000000000000'), e.identity, links.person)",
    })
    const other = personsJoin({ events: 'ev', shop: 's', links: 'l' })
    expect(other.join).toContain('{s:UInt32}')
    expect(other.join).toContain('AS l ON l.identity = ev.identity')
    expect(other.person).toContain('ev.identity, l.person')
  })

  it('reads the newest version of a link, and no link where it was taken back', async () => {
    const { clickhouse, writer } = system.deps
    await writer.write(
      sketchEvents(shop, [{ anonymous: 'a' }, { anonymous: 'b' }, { anonymous: 'c' }, { user: 'u' }]),
      [],
    )
    const [a, b, u] = [
      identityKey(shop, 'anonymous', 'a'),
      identityKey(shop, 'anonymous', 'b'),
      identityKey(shop, 'user', 'u'),
    ]
    const link = (identity: string, person: string, version: number, deleted = 0) => ({
      shop,
      identity,
      person,
      version,
      deleted,
    })
    await clickhouse.insert('identity_links', [link(a, b, 1), link(b, u, 2)])
    await clickhouse.insert('identity_links', [link(a, u, 4), link(b, b, 5, 1), link(a, b, 3)])
    const { join, person } = personsJoin()
    const rows = await clickhouse.query<{ who: string; n: number }>(
      `SELECT ${person} AS who, count() AS n FROM events AS e FINAL ${join} WHERE e.shop = {shop:UInt32} GROUP BY who`,
      { params: { shop } },
    )
    expect(Object.fromEntries(rows.map(({ who, n }) => [who, n]))).toEqual({
      [u]: 2,
      [b]: 1,
      [identityKey(shop, 'anonymous', 'c')]: 1,
    })
    expect(await linkVersion(system.deps, shop)).toBe(5)
  })
})

describe('listIdentities', () => {
  it('gives the identity itself for a visitor of whom nothing is stored', async () => {
    const visitor = identityKey(shop, 'anonymous', 'z')
    expect(await listIdentities(system.deps.db, shop, visitor)).toEqual([visitor])
  })
})
