import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { sql } from 'drizzle-orm'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { listShops } from '../../accounts/server/reads.ts'
import { createOrdersRoom } from '../../orders/server/room.ts'
import type { ImportProgress, PresetKey, TableMapping } from '../contract.ts'
import { badRowsPath } from './bad-rows-file.ts'
import { findImport } from './import-store.ts'
import { type RunOptions, runImport } from './run-import.ts'
import { prepareImport } from './start-import.ts'

let system: System
let folder: string
let shop: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-import-'))
  system = await openTestSystem({
    rooms: [
      createOrdersRoom({
        findPersons: async () => new Map(),
        findIdentitiesByText: async () => [],
        personsJoin: (alias) => ({ join: '', person: `${alias}.identity` }),
      }),
    ],
  })
})
afterAll(async () => {
  await system.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  shop = await createShop(system.deps.db, { name: 'Imports', currency: 'UAH', timeZone: 'Europe/Kyiv' })
})

let written = 0
async function write(content: string | Buffer, name?: string) {
  written += 1
  const path = join(folder, name ?? `table-${written}.csv`)
  await writeFile(path, content)
  return { name: basename(path), path, bytes: Buffer.byteLength(content), modified: written }
}

interface Given {
  preset?: PresetKey
  mapping?: TableMapping
  options?: Partial<RunOptions>
}

const EVENTS: TableMapping = { fields: { name: 'event', time: 'time', user_id: 'user' } }

async function prepare(content: string | Buffer, { preset = 'events', mapping = EVENTS }: Given = {}) {
  const files = [await write(content)]
  return prepareImport(system.deps, { shop, preset, files, mapping, origin: 'cli', by: 'cli' })
}

let runs = 0
async function run(id: number, options: Partial<RunOptions> = {}) {
  runs += 1
  const outcome = await runImport(system.deps, id, { runner: `test ${runs}`, ...options })
  return { outcome, row: await findImport(system.deps.db, shop, id) }
}

async function readEvents(): Promise<Record<string, unknown>[]> {
  return system.deps.clickhouse.query(
    `SELECT name, user_id, toUnixTimestamp64Milli(ts) AS ts, order_id, amount, currency, properties, message_id
     FROM events FINAL WHERE shop = {shop:UInt32} ORDER BY ts, name`,
    { params: { shop } },
  )
}

async function readBadRows(id: number): Promise<string[]> {
  const text = await readFile(badRowsPath(system.deps.settings.dataDir, id), 'utf8')
  return text.trimEnd().split('\r\n')
}

const TABLE = 'event,time,user,colour,size\n'

describe('a table of events', () => {
  it('becomes events, with what no field takes as properties', async () => {
    const id = await prepare(`${TABLE}Product Viewed,2026-03-01 12:00,u1,red,4\nPage,2026-03-01 12:05,u2,,\n`)
    const { outcome } = await run(id)
    expect(outcome?.progress).toMatchObject({ state: 'done', rows: 2, recorded: 2, duplicates: 0, bad: 0 })
    const [first, second] = await readEvents()
    // Noon in Kyiv.
    expect(first).toMatchObject({ name: 'Product Viewed', user_id: 'u1', ts: Date.UTC(2026, 2, 1, 10) })
    expect(JSON.parse(String(first?.properties))).toEqual({ colour: 'red', size: 4 })
    expect(second).toMatchObject({ user_id: 'u2' })
  })

  it('adds nothing the second time, and then only the rows that are new', async () => {
    const rows = Array.from(
      { length: 50 },
      (_, n) => `Seen,2026-03-01 12:00:${String(n).padStart(2, '0')},u${n},,\n`,
    )
    await run(await prepare(TABLE + rows.join('')))
    const again = await run(await prepare(TABLE + rows.join('')))
    expect(again.outcome?.progress).toMatchObject({ recorded: 0, duplicates: 50 })
    const longer = await run(await prepare(`${TABLE + rows.join('')}Bought,2026-03-02 12:00,u1,,\n`))
    expect(longer.outcome?.progress).toMatchObject({ recorded: 1, duplicates: 50 })
    expect(await readEvents()).toHaveLength(51)
  })

  it('takes rows that are alike in every column for one event', async () => {
    const { outcome } = await run(await prepare(TABLE + 'Seen,2026-03-01 12:00,u1,red,1\n'.repeat(3)))
    expect(outcome?.progress).toMatchObject({ rows: 3, recorded: 1, duplicates: 2 })
  })

  it('keeps an id of its own, so that the same event sent by a client is not counted again', async () => {
    const mapping = { fields: { ...EVENTS.fields, message_id: 'colour' } }
    await run(await prepare(`${TABLE}Seen,2026-03-01 12:00,u1,id-1,\n`, { mapping }))
    expect(await readEvents()).toMatchObject([{ message_id: 'id-1' }])
  })

  it('names each row that can’t be used, with its line, the reason and the row itself', async () => {
    const table = [
      'Seen,2026-03-01 12:00,u1,red,1',
      'Seen,yesterday,u1,red,1',
      'Seen,2026-03-01 12:00,,red,1',
      ',2026-03-01 12:00,u1,red,1',
      'Seen,2026-03-01 12:01,u1,red',
      '"Seen,2026-03-01 12:02,u1,red,1',
      'Seen,2026-03-01 12:03,u3,red,1',
      '=cmd(),tomorrow,u3,red,1',
    ]
    const id = await prepare(`${TABLE}${table.join('\n')}\n`)
    const { outcome, row } = await run(id)
    expect(outcome?.progress).toMatchObject({ state: 'done', rows: 8, recorded: 2, bad: 6 })
    const [header, ...lines] = await readBadRows(id)
    expect(header).toBe('\ufefffile,line,reason,detail,row')
    const told = lines.map((line) => line.split(',').slice(1, 3))
    expect(told.sort()).toEqual([
      ['3', 'bad_time'],
      ['4', 'no_person'],
      ['5', 'missing_value'],
      ['6', 'too_few_cells'],
      ['7', 'unclosed_quote'],
      ['9', 'bad_time'],
    ])
    expect(lines.join('\n')).toContain('“time”: “yesterday”')
    // A spreadsheet must not run what stands in a file of somebody else.
    expect(lines.join('\n')).toContain(`"'=cmd(),tomorrow`)
    expect(row?.counts.reasons).toMatchObject({ bad_time: 2, no_person: 1 })
  })

  it('reads NDJSON with nested properties and keys that come up late', async () => {
    const rows = [
      {
        event: 'Seen',
        time: '2026-03-01T12:00:00Z',
        user: 'u1',
        properties: { list: [1, 2], deep: { a: 1 } },
      },
      { event: 'Seen', time: '2026-03-01T12:01:00Z', user: 'u2', late: true },
    ]
    const files = [await write(rows.map((row) => JSON.stringify(row)).join('\n'), `events-${shop}.ndjson`)]
    const id = await prepareImport(system.deps, {
      shop,
      preset: 'events',
      files,
      mapping: EVENTS,
      origin: 'cli',
      by: 'cli',
    })
    await run(id)
    const properties = (await readEvents()).map((event) => JSON.parse(String(event.properties)))
    expect(properties).toEqual([{ list: [1, 2], 'deep.a': 1 }, { late: true }])
  })
})

describe('a table of orders', () => {
  const mapping: TableMapping = {
    fields: {
      order_id: 'Номер',
      placed_at: 'Дата',
      value: 'Сума',
      email: 'Пошта',
      state: 'Статус',
      promised_date: 'Обіцяно',
      received_at: 'Отримано',
    },
    decimal: ',',
    states: { 'наш статус': 'refused' },
  }
  const table = [
    'Номер;Дата;Сума;Пошта;Статус;Обіцяно;Отримано;Склад',
    '101;01.03.2026 10:00;1 250,50;a@example.com;Отримано;04.03.2026;05.03.2026 12:00;Київ',
    '102;02.03.2026 10:00;99,00;b@example.com;наш статус;;;Львів',
    '103;03.03.2026 10:00;10,00;;Щось нове;;;Львів',
  ].join('\r\n')

  it('becomes orders with their steps, promises and states, also in Windows-1251', async () => {
    const { outcome } = await run(
      await prepare(iconv.encode(table, 'win1251'), { preset: 'orders', mapping }),
    )
    expect(outcome?.progress).toMatchObject({ state: 'done', rows: 3, bad: 0 })
    const { rows } = await system.deps.db.execute(
      sql`SELECT id, state, amount, late_days, promised_on, extra FROM orders WHERE shop = ${shop} ORDER BY id`,
    )
    expect(rows).toMatchObject([
      {
        id: '101',
        state: 'received',
        amount: 125_050,
        late_days: 1,
        promised_on: '2026-03-04',
        extra: { Склад: 'Київ' },
      },
      { id: '102', state: 'refused', amount: 9_900, late_days: null },
      { id: '103', state: 'placed', amount: 1_000 },
    ])
  })

  it('brings the next step of an order when a later file knows it', async () => {
    const row = (status: string) => `Номер;Дата;Статус\n201;01.03.2026 10:00;${status}\n`
    const plain = { fields: { order_id: 'Номер', placed_at: 'Дата', state: 'Статус' } }
    await run(await prepare(row('Відправлено'), { preset: 'orders', mapping: plain }))
    const { outcome } = await run(await prepare(row('Отримано'), { preset: 'orders', mapping: plain }))
    expect(outcome?.progress).toMatchObject({ recorded: 1, duplicates: 1 })
    const { rows } = await system.deps.db.execute(sql`SELECT state FROM orders WHERE shop = ${shop}`)
    expect(rows).toEqual([{ state: 'received' }])
  })

  describe('an order that stands otherwise in a later file', () => {
    const fields = { order_id: 'Номер', placed_at: 'Дата', value: 'Сума', city: 'Місто', state: 'Статус' }
    const given = { preset: 'orders', mapping: { fields } } as const
    const file = (...rows: string[]) =>
      ['Номер;Дата;Сума;Місто;Статус', ...rows.map((row) => row.replace('@', '01.03.2026 10:00'))].join('\n')
    const take = async (...rows: string[]) => {
      const { outcome } = await run(await prepare(file(...rows), given))
      const { recorded, corrected } = outcome?.progress ?? {}
      return { recorded, corrected }
    }
    const readOrders = async () =>
      (
        await system.deps.db.execute(
          sql`SELECT id, state, amount, region FROM orders WHERE shop = ${shop} ORDER BY id`,
        )
      ).rows

    it('is put right, once for each change, also back again', async () => {
      const [old, mended] = ['401;@;500;Львів;', '401;@;450,50;Львів;']
      const other = '402;@;10;Київ;'
      expect(await take(old, other)).toEqual({ recorded: 2, corrected: 0 })
      expect(await take(old, other)).toEqual({ recorded: 0, corrected: 0 })
      expect(await take(mended, other)).toEqual({ recorded: 1, corrected: 1 })
      expect(await take(mended, other)).toEqual({ recorded: 0, corrected: 0 })
      expect(await readOrders()).toEqual([
        { id: '401', state: 'placed', amount: 45_050, region: 'Львів' },
        { id: '402', state: 'placed', amount: 1_000, region: 'Київ' },
      ])
      expect(await take(old, other)).toEqual({ recorded: 1, corrected: 1 })
      expect(await take(old, other)).toEqual({ recorded: 0, corrected: 0 })
      expect(await readOrders()).toMatchObject([{ amount: 50_000 }, { amount: 1_000 }])
    })

    it('has the last status, also one that was taken back, and a step ahead is no correction', async () => {
      const with_ = (status: string) => take(`403;@;500;Львів;${status}`)
      const state = async () => (await readOrders())[0]?.state
      await with_('Відправлено')
      expect(await with_('Скасовано')).toEqual({ recorded: 1, corrected: 0 })
      expect(await state()).toBe('cancelled')
      expect(await with_('Отримано')).toEqual({ recorded: 1, corrected: 0 })
      expect(await state()).toBe('received')
      expect(await with_('Скасовано')).toEqual({ recorded: 1, corrected: 1 })
      expect(await state()).toBe('cancelled')
      expect(await with_('Скасовано')).toEqual({ recorded: 0, corrected: 0 })
      expect(await with_('Отримано')).toEqual({ recorded: 1, corrected: 1 })
      expect(await with_('Отримано')).toEqual({ recorded: 0, corrected: 0 })
      expect(await state()).toBe('received')
    })

    it('is not corrected by a file that is behind with its way, nor by itself named twice', async () => {
      await take('404;@;500;Львів;Відправлено', '405;@;1;Львів;')
      await take('404;@;500;Львів;Отримано')
      expect(await take('404;@;500;Львів;Відправлено')).toEqual({ recorded: 0, corrected: 0 })
      expect(await readOrders()).toMatchObject([{ state: 'received' }, { state: 'placed' }])
      const twice = ['404;@;500;Львів;', '405;@;1;Львів;', '404;@;700;Львів;']
      expect(await take(...twice)).toEqual({ recorded: 0, corrected: 0 })
    })

    it('keeps the articles of its lines', async () => {
      const lines = { ...fields, items: 'Товар' }
      const table = (sum: string) =>
        `Номер;Дата;Сума;Місто;Статус;Товар\n406;01.03.2026;${sum};;;Чайник\n406;01.03.2026;${sum};;;Чашка\n`
      const bring = async (sum: string) =>
        (await run(await prepare(table(sum), { preset: 'orders', mapping: { fields: lines } }))).outcome
          ?.progress
      await bring('500')
      expect(await bring('600')).toMatchObject({ recorded: 1, corrected: 1 })
      const { rows } = await system.deps.db.execute(
        sql`SELECT amount, jsonb_path_query_array(items, '$[*].name') AS names FROM orders WHERE shop = ${shop}`,
      )
      expect(rows).toEqual([{ amount: 60_000, names: ['Чайник', 'Чашка'] }])
    })
  })

  it('takes an order whose articles stand on lines of their own, filled in on all of them or on the first only', async () => {
    const fields = { order_id: 'Номер', placed_at: 'Дата', value: 'Сума', email: 'Пошта', items: 'Товар' }
    const table = [
      'Номер;Дата;Сума;Пошта;Товар',
      '301;01.03.2026 10:00;500;a@example.com;Чайник',
      '301;01.03.2026 10:00;500;a@example.com;Чашка',
      '301;01.03.2026 10:00;500;a@example.com;Чашка',
      '302;02.03.2026 10:00;90;b@example.com;Кабель',
      '302;;;;Лампа',
    ].join('\n')
    const given = { preset: 'orders', mapping: { fields } } as const
    const { outcome } = await run(await prepare(table, given))
    expect(outcome?.progress).toMatchObject({ state: 'done', rows: 5, bad: 0 })
    const { rows } = await system.deps.db.execute(
      sql`SELECT id, amount, jsonb_path_query_array(items, '$[*].name') AS names FROM orders WHERE shop = ${shop} ORDER BY id`,
    )
    expect(rows).toEqual([
      { id: '301', amount: 50_000, names: ['Чайник', 'Чашка'] },
      { id: '302', amount: 9_000, names: ['Кабель', 'Лампа'] },
    ])
    const again = await run(await prepare(table, given))
    expect(again.outcome?.progress).toMatchObject({ recorded: 0 })
  })

  it('refuses a file that lacks columns, naming them', async () => {
    await expect(prepare('a;b\n1;2\n', { preset: 'orders', mapping })).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringMatching(/lacks the columns Номер, Дата.*It has: a, b/),
    })
    await expect(prepare('', { preset: 'orders', mapping })).rejects.toMatchObject({ code: 'unprocessable' })
  })
})

describe('an import that is stopped', () => {
  const many = (count: number) =>
    TABLE +
    Array.from(
      { length: count },
      (_, n) => `Seen,2026-03-01 12:00:00.${String(n % 1000).padStart(3, '0')},user-${n},,\n`,
    ).join('')

  it('goes on from where it was cancelled, and ends with every row once', async () => {
    const id = await prepare(many(25_000))
    const abort = new AbortController()
    const stopped = await run(id, {
      signal: abort.signal,
      onProgress: ({ rows }) => {
        if (rows >= 10_000) abort.abort('cancel')
      },
    })
    expect(stopped.row).toMatchObject({ state: 'cancelled' })
    expect(stopped.row?.counts.rows).toBeLessThan(25_000)
    const { outcome } = await run(id)
    expect(outcome?.progress).toMatchObject({
      state: 'done',
      rows: 25_000,
      recorded: 25_000,
      duplicates: 0,
      bad: 0,
    })
    const [counted] = await system.deps.clickhouse.query<{ n: number }>(
      'SELECT count() AS n FROM events FINAL WHERE shop = {shop:UInt32}',
      { params: { shop } },
    )
    expect(counted?.n).toBe(25_000)
  })

  it('goes on after its process died, from the last checkpoint', async () => {
    const id = await prepare(`${many(12_000)}Seen,nonsense,u1,,\n`)
    const { row } = await run(id)
    // As a process leaves it that is killed after a checkpoint: running, with rows and bad rows behind the checkpoint.
    await appendFile(badRowsPath(system.deps.settings.dataDir, id), 'half a li')
    await system.deps.db.execute(
      sql`UPDATE imports SET state = 'running', runner = 'dead', beat_at = now() - interval '1 minute', position = NULL,
            counts = '{}', share = 0, finished_at = NULL WHERE id = ${id}`,
    )
    const before = await readBadRows(id)
    const { outcome } = await run(id)
    expect(outcome?.progress).toMatchObject({ rows: 12_001, recorded: 12_000, duplicates: 0, bad: 1 })
    expect(before.join()).toContain('half a li')
    expect(await readBadRows(id)).toHaveLength(2)
    expect(row?.figures?.events).toBe(12_000)
  })

  it('is run by one process at a time', async () => {
    const id = await prepare(many(3_000))
    const [first, second] = await Promise.all([run(id), run(id)])
    expect([first.outcome, second.outcome].filter((outcome) => outcome === undefined)).toHaveLength(1)
  })

  it('tells how far it is', async () => {
    const id = await prepare(many(25_000))
    const told: ImportProgress[] = []
    await run(id, { onProgress: (progress) => told.push(progress) })
    expect(told.length).toBeGreaterThan(1)
    const shares = told.map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(told.at(-1)).toMatchObject({ rows: 25_000, share: 1, isWaiting: false })
  })
})

it('a shop that does not exist is not imported into', async () => {
  const known = (await listShops(system.deps.db)).map(({ id }) => id)
  shop = Math.max(...known) + 10_000
  await expect(prepare(`${TABLE}Seen,2026-03-01,u1,,\n`)).rejects.toMatchObject({ code: 'not_found' })
})
