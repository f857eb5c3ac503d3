import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliverDomainEvents } from '../../../platform/domain-events.ts'
import { rooms } from '../../../server/rooms.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop, createToken } from '../../accounts/server/actions.ts'
import { createImport } from '../../imports/server/import-store.ts'
import { runImport } from '../../imports/server/run-import.ts'
import type { StandardsRoom } from '../../standards/server/room.ts'
import type { JourneyMap } from '../contract.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/olist/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere) process.stderr.write('The Olist data are not beside the repository: their map is not tested.\n')

const ZONE = 'America/Sao_Paulo'
const NOW = Date.UTC(2026, 10, 22, 12)

type Row = Record<string, string>

/** Comma-separated text with quoted cells, which may hold commas and line ends. */
async function readTable(name: string): Promise<Row[]> {
  const text = (await readFile(join(folder, `olist_${name}_dataset.csv`), 'utf8')).replace(/^\uFEFF/, '')
  const lines: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') lines.push([])
  }
  const [header = [], ...rows] = lines
  return rows
    .filter((cells) => cells.length === header.length)
    .map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])))
}

/** What the tables say of a person, read with none of the product's means. */
interface Customer {
  /** Marks of reviews, 1 … 5. */
  marks: number[]
  /** Calendar days after the promised one, of each delivered order. */
  days: number[]
}

async function readCustomers(): Promise<Customer[]> {
  const customers = new Map<string, Customer>()
  const personOf = new Map<string, string>()
  for (const row of await readTable('customers'))
    personOf.set(row.customer_id ?? '', row.customer_unique_id ?? '')
  const ordered = new Map<string, Customer>()
  for (const order of await readTable('orders')) {
    const person = personOf.get(order.customer_id ?? '') ?? ''
    const customer = customers.get(person) ?? { marks: [], days: [] }
    customers.set(person, customer)
    ordered.set(order.order_id ?? '', customer)
    const [came = '', promised = ''] = [
      order.order_delivered_customer_date,
      order.order_estimated_delivery_date,
    ]
    if (order.order_status === 'delivered' && came !== '')
      customer.days.push((Date.parse(came.slice(0, 10)) - Date.parse(promised.slice(0, 10))) / 86_400_000)
  }
  for (const review of await readTable('order_reviews'))
    ordered.get(review.order_id ?? '')?.marks.push(Number(review.review_score))
  return [...customers.values()]
}

/** Mean over persons and half the width of its usual 95 % interval. */
function meanOf(values: readonly number[]): { n: number; mean: number; reach: number } {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  return { n, mean, reach: 1.96 * Math.sqrt(variance / n) }
}

const average = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
/** First each person's own mean on the scale of −100 to 100. */
const opinionOf = (customers: readonly Customer[]) =>
  meanOf(
    customers
      .filter(({ marks }) => marks.length > 0)
      .map(({ marks }) => average(marks.map((mark) => ((mark - 3) / 2) * 100))),
  )

let shopApp: TestApp
let token: string
let shop: number
let customers: Customer[]

async function importOlist({ deps }: TestApp): Promise<void> {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const { size, mtimeMs } = await stat(path)
      return { name, path, bytes: size, modified: mtimeMs }
    }),
  )
  const id = await createImport(deps.db, {
    shop,
    preset: 'olist',
    origin: 'cli',
    home: deps.settings.dataDir,
    files,
    options: { timeZone: ZONE },
    createdBy: 'test',
  })
  await runImport(deps, id, { runner: 'test-map' })
  await deps.runner.drain()
  const standards = rooms.find(({ name }) => name === 'standards') as StandardsRoom
  for (const subscription of standards.subscribes ?? [])
    while ((await deliverDomainEvents(deps.db, subscription)) > 0);
  await standards.drain(deps.db)
}

async function ask(query = ''): Promise<JourneyMap> {
  const url = `/api/shops/${shop}/journey-map?from=2016-01-01&to=2019-01-01${query}`
  const answer = await shopApp.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

const stageOf = (map: Pick<JourneyMap, 'stages'>, key: string) => map.stages.find((one) => one.key === key)

describe.skipIf(!isThere)('the map of the Olist data', () => {
  beforeAll(async () => {
    shopApp = await openTestApp({ now: () => NOW })
    const { db } = shopApp.deps
    shop = await createShop(db, { name: 'Olist', currency: 'BRL', timeZone: ZONE })
    token = (await createToken(db, { shop, name: 'olist', role: 'viewer' })).token
    customers = await readCustomers()
    await importOlist(shopApp)
  }, 240_000)
  afterAll(() => shopApp?.close())

  test('reviews speak at the opinion stage, by the mean of each person first', async () => {
    const opinion = stageOf(await ask(), 'opinion')
    const { n, mean, reach } = opinionOf(customers)
    expect(opinion?.said?.n).toBe(n)
    expect(opinion?.said?.mean).toBeCloseTo(mean, 9)
    expect(opinion?.said?.low).toBeCloseTo(mean - reach, 1)
    expect(opinion?.said?.high).toBeCloseTo(mean + reach, 1)
    expect(opinion?.heard).toEqual({ persons: n, share: 1 })
    // Whoever reviewed twice would shift the mean over reviews.
    expect(average(customers.flatMap(({ marks }) => marks.map((mark) => (mark - 3) * 50)))).not.toBeCloseTo(
      mean,
      1,
    )
  })

  test('delivery is kept by calendar day: 342 of 5,164 parcels came late', async () => {
    const delivery = stageOf(await ask(), 'delivery')
    expect(delivery?.promises).toEqual({ kept: 5_164 - 342, broken: 342 })
    const outcomes = customers
      .filter(({ days }) => days.length > 0)
      .map(({ days }) => average(days.map((late) => (late <= 0 ? 1 : 0))))
    const { n, mean, reach } = meanOf(outcomes)
    const carrier = delivery?.touchpoints.find(({ key }) => key === 'carrier')
    expect(carrier?.kept?.n).toBe(n)
    expect(carrier?.kept?.mean).toBeCloseTo(mean, 9)
    expect(carrier?.kept?.low).toBeCloseTo(mean - reach, 2)
    expect(carrier?.measured).toBe(n)
  })

  test('those whose parcel came late think worse of the shop, beyond both intervals', async () => {
    const map = await ask('&segment=late_parcel&compare=segment:on_time_parcel')
    const judged = customers.filter(({ days }) => days.length > 0)
    const late = opinionOf(judged.filter(({ days }) => Math.max(...days) > 0))
    const onTime = opinionOf(judged.filter(({ days }) => Math.max(...days) <= 0))
    const [worse, better] = [
      stageOf(map, 'opinion')?.said,
      stageOf(map.compared as JourneyMap, 'opinion')?.said,
    ]
    expect(worse).toMatchObject({ n: late.n, mean: expect.closeTo(late.mean, 9) })
    expect(better).toMatchObject({ n: onTime.n, mean: expect.closeTo(onTime.mean, 9) })
    expect(worse?.high).toBeLessThan((better?.low ?? 0) - 50)
  })
})
