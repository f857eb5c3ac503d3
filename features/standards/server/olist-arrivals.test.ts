import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { deliverDomainEvents } from '../../../platform/domain-events.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { createImport } from '../../imports/server/import-store.ts'
import { runImport } from '../../imports/server/run-import.ts'
import { createOrdersRoom } from '../../orders/server/room.ts'
import { createStandardsRoom } from './room.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/olist/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere)
  process.stderr.write('The Olist data are not beside the repository: their arrivals are not tested.\n')

let system: System | undefined
afterAll(() => system?.close())

async function listFiles() {
  const names = await readdir(folder)
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size, mtimeMs } = await stat(path)
      return { name, path, bytes: size, modified: mtimeMs }
    }),
  )
}

describe.skipIf(!isThere)('the Olist data', () => {
  it('have 5,164 arrivals against a promised day, 342 of them late', { timeout: 240_000 }, async () => {
    const room = createStandardsRoom(async () => new Map())
    const orders = createOrdersRoom({
      findPersons: async () => new Map(),
      findIdentitiesByText: async () => [],
      personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
    })
    system = await openTestSystem({ rooms: [orders, room] })
    const { deps } = system
    const shop = await createShop(deps.db, { name: 'Olist', currency: 'BRL', timeZone: 'America/Sao_Paulo' })
    const id = await createImport(deps.db, {
      shop,
      preset: 'olist',
      origin: 'cli',
      home: deps.settings.dataDir,
      files: await listFiles(),
      options: { timeZone: 'America/Sao_Paulo' },
      createdBy: 'test',
    })
    await runImport(deps, id, { runner: 'test-arrivals' })
    await deps.runner.drain()
    for (const subscription of room.subscribes ?? [])
      while ((await deliverDomainEvents(deps.db, subscription)) > 0);
    await room.drain(deps.db)
    const [row] = await deps.clickhouse.query(
      `SELECT count() AS judged, countIf(measured > 0) AS late,
         countIf(touchpoint = 'carrier') AS carriers, countIf(identity_kind = 'user') AS users
       FROM events FINAL WHERE shop = {shop:UInt32} AND name = 'Standard Measured' AND measure = 'days_late'`,
      { params: { shop } },
    )
    expect(row).toEqual({ judged: 5_164, late: 342, carriers: 5_164, users: 5_164 })
  })
})
