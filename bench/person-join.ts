import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { personsJoin } from '../features/people/server/reads.ts'
import { type Clickhouse, createClickhouse } from '../platform/clickhouse.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import { createLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { migrate } from '../server/migrations/migrate.ts'
import { printFigures } from './lib/figures.ts'

/**
 * What it costs a report to read persons instead of identities: `npx tsx bench/person-join.ts [million events]`.
 * One event in ten is of an identity that is linked to somebody else; a tenth as many identities as events.
 */
const MILLIONS = Number(process.argv[2] ?? 2)
const EVENTS = MILLIONS * 1_000_000
const IDENTITIES = EVENTS / 10
// What an ordinary statement may hold in memory.
const CHUNK = 200_000
const ROUNDS = 9
const SHOP = 1

const identityOf = (n: string) => `reinterpretAsUUID(sipHash128(${n}))`

async function fill(clickhouse: Clickhouse): Promise<void> {
  for (let from = 0; from < EVENTS; from += CHUNK)
    await clickhouse.command(
      `INSERT INTO events (shop, identity, sent_ts, message_hash, ts, received_at, kind, name, channel, precedence)
       SELECT ${SHOP}, ${identityOf(`cityHash64(number) % ${IDENTITIES}`)},
         toDateTime64('2026-01-01', 3, 'UTC') + INTERVAL number % 7776000 SECOND AS at, reinterpretAsUUID(sipHash128(number, 'm')), at, at,
         'track', concat('Event ', toString(number % 12)), 'site', 1
       FROM numbers(${from}, ${CHUNK})`,
    )
  await clickhouse.command(
    `INSERT INTO identity_links (shop, identity, person, version, deleted)
     SELECT ${SHOP}, ${identityOf('number')}, ${identityOf(`number + ${IDENTITIES}`)}, number + 1, 0 FROM numbers(${IDENTITIES / 10})`,
  )
  // Months are merged by housekeeping at night; a report reads mostly such.
  await clickhouse.command('OPTIMIZE TABLE events FINAL')
  await clickhouse.command('OPTIMIZE TABLE identity_links FINAL')
}

const reports = [
  { what: 'persons', select: (person: string) => `uniqExact(${person})`, rest: '' },
  {
    what: 'persons by event',
    select: (person: string) => `name, uniqExact(${person}) AS n`,
    rest: 'GROUP BY name',
  },
  {
    what: 'events by person',
    select: (person: string) => `${person} AS p, count() AS n`,
    rest: 'GROUP BY p ORDER BY n DESC LIMIT 10',
  },
]

async function time(clickhouse: Clickhouse, sql: string): Promise<number> {
  const begun = performance.now()
  await clickhouse.query(sql, { params: { shop: SHOP } })
  return performance.now() - begun
}

/** In turns, so that whatever else the machine does slows both alike; the quickest of each tells the cost. */
async function compare(clickhouse: Clickhouse, report: (typeof reports)[number]) {
  const { join: links, person } = personsJoin()
  const where = 'WHERE e.shop = {shop:UInt32}'
  const plain = `SELECT ${report.select('e.identity')} FROM events AS e FINAL ${where} ${report.rest}`
  const joined = `SELECT ${report.select(person)} FROM events AS e FINAL ${links} ${where} ${report.rest}`
  const times = { plain: [] as number[], joined: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.plain.push(await time(clickhouse, plain))
    times.joined.push(await time(clickhouse, joined))
  }
  return { plain: Math.min(...times.plain), joined: Math.min(...times.joined) }
}

const dataDir = await mkdtemp(join(tmpdir(), 'tropa-bench-'))
const log = createLog('warn')
const engines = await startEngines({ dataDir, log })
const [postgres, clickhouse] = [
  createPostgres(engines.databaseUrl, log, { max: 1 }),
  createClickhouse(engines.clickhouseUrl),
]
try {
  await migrate({ pool: postgres.pool, clickhouse, log })
  await fill(clickhouse)
  const data: Record<string, unknown> = { millionEvents: MILLIONS }
  const figures = []
  for (const report of reports) {
    const { plain, joined } = await compare(clickhouse, report)
    const ratio = joined / plain
    data[report.what] = {
      plainMs: Math.round(plain),
      joinedMs: Math.round(joined),
      ratio: Number(ratio.toFixed(2)),
    }
    figures.push({
      what: report.what,
      value: `${ratio.toFixed(2)}× (${Math.round(plain)} → ${Math.round(joined)} ms)`,
      goal: '1.6×',
      met: ratio <= 1.6,
    })
  }
  printFigures('person-join', figures, data)
} finally {
  await Promise.all([postgres.close(), clickhouse.close()])
  await engines.stop()
  await rm(dataDir, { recursive: true, force: true })
}
