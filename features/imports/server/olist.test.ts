import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { createOrdersRoom } from '../../orders/server/room.ts'
import { createImport, findImport } from './import-store.ts'
import type { StoredFile } from './import-table.ts'
import { runImport } from './run-import.ts'

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const isThere = existsSync(join(data, 'olist'))
if (!isThere)
  process.stderr.write('The Olist data are not beside the repository: their import is not tested.\n')

let system: System
let shop: number

async function listFolder(folder: string): Promise<StoredFile[]> {
  const names = await readdir(join(data, folder))
  return Promise.all(
    names.map(async (name) => {
      const path = join(data, folder, name)
      const { size, mtimeMs } = await stat(path)
      return { name, path, bytes: size, modified: mtimeMs }
    }),
  )
}

async function importFolder(preset: 'olist' | 'olist-leads', folder = preset as string) {
  const id = await createImport(system.deps.db, {
    shop,
    preset,
    origin: 'cli',
    home: system.deps.settings.dataDir,
    files: await listFolder(folder),
    options: { timeZone: 'America/Sao_Paulo' },
    createdBy: 'test',
  })
  const outcome = await runImport(system.deps, id, { runner: `test-${id}` })
  return { outcome, row: await findImport(system.deps.db, shop, id) }
}

describe.skipIf(!isThere)('the Olist data', () => {
  beforeAll(async () => {
    system = await openTestSystem({
      rooms: [
        createOrdersRoom({
          findPersons: async () => new Map(),
          findIdentitiesByText: async () => [],
          personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
        }),
      ],
    })
    shop = await createShop(system.deps.db, { name: 'Olist', currency: 'UAH', timeZone: 'Europe/Kyiv' })
  })
  afterAll(() => system.close())

  it('give the figures of their description', { timeout: 240_000 }, async () => {
    const { outcome, row } = await importFolder('olist')
    expect(outcome?.state).toBe('done')
    expect(row?.figures).toEqual({
      events: expect.any(Number),
      persons: 8_016,
      orders: 8_135,
      judged: 5_164,
      late: 342,
      payments: [{ currency: 'BRL', rows: 8_924, amount: 142_860_281 }],
      reviews: 8_225,
      leads: 0,
      deals: 0,
      isComplete: true,
    })
    expect(outcome?.progress).toMatchObject({ rows: 8_135 + 8_225, duplicates: 0, bad: 0, share: 1 })
    expect(outcome?.progress.recorded).toBe(row?.figures?.events)
  })

  it('add nothing when they are imported again, and say so', { timeout: 240_000 }, async () => {
    const { outcome, row } = await importFolder('olist')
    expect(outcome?.progress).toMatchObject({ state: 'done', recorded: 0, bad: 0 })
    expect(outcome?.progress.duplicates).toBe(row?.figures?.events)
    expect(row?.figures).toMatchObject({ orders: 8_135, late: 342, persons: 8_016 })
  })

  it('bring leads with their channels, and deals', { timeout: 120_000 }, async () => {
    const { row } = await importFolder('olist-leads')
    expect(row?.figures).toMatchObject({ leads: 8_000, deals: 842, persons: 8_000, orders: 0 })
    const channels = await system.deps.clickhouse.query<{ channel: string; n: number }>(
      `SELECT channel, count() AS n FROM events FINAL WHERE shop = {shop:UInt32} AND name = 'Lead Created' GROUP BY channel ORDER BY n DESC`,
      { params: { shop } },
    )
    expect(Object.fromEntries(channels.map(({ channel, n }) => [channel, n]))).toMatchObject({
      organic_search: 2_296,
      search_ad: 1_586,
      social: 1_350,
      email: 493,
    })
  })
})
