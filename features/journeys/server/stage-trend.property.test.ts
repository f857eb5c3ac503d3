import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrng } from '../../../kernel/prng.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import { type MapRow, mapQuery } from './map-query.ts'
import { orderNames } from './order-names.ts'
import { LINE } from './person-lines.ts'
import { codeRegistry } from './registry-codes.ts'
import { runReport } from './run-report.ts'
import { type Buckets, cutPeriod } from './stage-buckets.ts'
import { stageTrendQuery, type TrendRow } from './stage-trend-query.ts'
import { inventHistory } from './testing/invent-history.ts'
import { identityOf, sketchContacts } from './testing/record-contacts.ts'
import { drawSlowMap } from './testing/slow-map.ts'

const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 5, 29) }
const WHOLE: Buckets = { by: 'month', parts: [PERIOD] }
const HISTORIES = 2
const { registry } = getDefaultRegistry()
const codes = codeRegistry(registry)

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

/** A shop with a random history in which two visitors are one person. */
async function makeShop(seed: number) {
  const { clickhouse, writer, db } = system.deps
  const prng = createPrng(`trend ${seed}`)
  const shop = await createShop(db, { name: `Trend ${seed}` })
  const history = inventHistory(prng, PERIOD)
  await writer.write(sketchContacts(shop, history), [])
  const link = {
    shop,
    identity: identityOf(shop, 'v7'),
    person: identityOf(shop, 'v2'),
    version: 1,
    deleted: 0,
  }
  await clickhouse.insert('identity_links', [link])
  return { plan: { shop, period: PERIOD, segment: { key: 'all' as const }, codes }, history }
}

const round = (value: number) => Math.round(value * 1e9) / 1e9
const SHOWN: readonly number[] = [LINE.stage, LINE.saidStage, LINE.keptStage]

test('with the whole period as one part every stage has the lines of the map', async () => {
  for (let seed = 0; seed < HISTORIES; seed++) {
    const { plan } = await makeShop(seed)
    const map = await runReport<MapRow>(system.deps, mapQuery(plan, orderNames))
    const write = ({ line, key, n, sum, squares }: MapRow) =>
      [line, key, n, line === LINE.stage ? 0 : round(sum), line === LINE.stage ? 0 : round(squares)].join(' ')
    for (const stage of codes.stages.keys()) {
      const rows = await runReport<TrendRow>(system.deps, stageTrendQuery(plan, orderNames, stage + 1, WHOLE))
      const isOwn = ({ line, key }: MapRow) =>
        SHOWN.includes(line) ? key === stage + 1 : line === LINE.place && key >> 10 === stage + 1
      expect(rows.every(({ bucket }) => bucket === 0)).toBe(true)
      const placed = (row: MapRow) => (row.line === LINE.place ? { ...row, n: 0, squares: 0 } : row)
      expect(rows.map(placed).map(write).sort(), `history ${seed}, stage ${stage + 1}`).toEqual(
        map.filter(isOwn).map(placed).map(write).sort(),
      )
    }
  }
})

test('every part is what a walk through that part of every history finds', async () => {
  const { plan, history } = await makeShop(99)
  const once = [...new Map(history.map((contact) => [contact.id, contact])).values()]
  const personOf = (who: string) => (who === 'v7' ? 'v2' : who)
  const buckets = cutPeriod(PERIOD, 'Europe/Kyiv', 'week')
  for (const [index, key] of codes.stages.entries()) {
    const rows = await runReport<TrendRow>(system.deps, stageTrendQuery(plan, orderNames, index + 1, buckets))
    for (const part of buckets.parts) {
      const slow = drawSlowMap(once, registry, PERIOD, personOf, part)[key]
      const find = (line: number) =>
        rows.find((row) => row.bucket === part.from - PERIOD.from && row.line === line)
      const mean = (line: number) => ({ n: find(line)?.n ?? 0, sum: round(find(line)?.sum ?? 0) })
      const contacts = rows
        .filter(({ bucket, line }) => bucket === part.from - PERIOD.from && line === LINE.place)
        .reduce((sum, row) => sum + row.sum, 0)
      expect(
        {
          persons: find(LINE.stage)?.n ?? 0,
          contacts,
          said: mean(LINE.saidStage),
          kept: mean(LINE.keptStage),
        },
        `${key} from ${new Date(part.from).toISOString()}`,
      ).toEqual({
        persons: slow?.persons,
        contacts: slow?.contacts,
        said: { n: slow?.said.n, sum: round(slow?.said.sum ?? 0) },
        kept: { n: slow?.kept.n, sum: round(slow?.kept.sum ?? 0) },
      })
    }
  }
})
