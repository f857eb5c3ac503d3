import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createShop } from '../features/accounts/server/actions.ts'
import { identityKey, messageHash } from '../kernel/hash128.ts'
import { createPrng } from '../kernel/prng.ts'
import { createClickhouse } from '../platform/clickhouse.ts'
import { startEngines } from '../platform/engines/start-engines.ts'
import type { EventRow } from '../platform/feed/event-row.ts'
import { createLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import { migrate } from '../server/migrations/migrate.ts'
import { openSystem, type System } from '../server/open-system.ts'
import { rooms } from '../server/rooms.ts'

/**
 * How many events a second people and orders keep up with on the embedded engines: `npx tsx bench/people-consumer.ts
 * [seconds]`. Of the events 84 % are page views of anonymous visitors, 8 % of people signed in, 5 % sign-ins (a third
 * of them by people never seen), 3 % orders that give an e-mail and a phone.
 */
const RATE = 5_000
const TICK_MS = 50
const SECONDS = Number(process.argv[2] ?? 20)
const BURST = 50_000
const VISITORS = 20_000
/** What the machine can't take in time is sent later: the rate reached is printed. */
const MAX_WAITING = 20_000

const random = createPrng('people')
let made = 0

function makeEvent(shop: number): EventRow {
  made += 1
  const roll = random.below(100)
  const visitor = random.below(VISITORS)
  const isNew = random.below(3) === 0
  const person = isNew ? VISITORS + made : visitor
  if (roll < 84) return row(shop, { kind: 'page', anonymous: `a${visitor}`, path: `/p/${random.below(500)}` })
  if (roll < 92) return row(shop, { kind: 'page', anonymous: `a${visitor}`, user: `u${visitor}` })
  const contacts = {
    email: `person${person}@shop.ua`,
    phone: `+38050${String(1_000_000 + person).slice(-7)}`,
    name: `Name ${person}`,
  }
  if (roll < 97)
    return row(shop, { kind: 'identify', anonymous: `a${person}`, user: `u${person}`, traits: contacts })
  return row(shop, {
    kind: 'track',
    name: 'Order Completed',
    anonymous: `a${person}`,
    user: `u${person}`,
    order: `o${made}`,
    properties: { ...contacts, total: 100 },
  })
}

interface Sketch {
  kind: EventRow['kind']
  name?: string
  anonymous: string
  user?: string
  path?: string
  order?: string
  traits?: object
  properties?: object
}

function row(shop: number, sketch: Sketch): EventRow {
  const now = Date.now()
  const { user = '', anonymous } = sketch
  const kind = user ? 'user' : 'anonymous'
  const id = `bench ${made}`
  const empty = {
    session_id: '',
    referrer: '',
    utm_source: '',
    utm_medium: '',
    utm_campaign: '',
    utm_content: '',
    utm_term: '',
    click_id: '',
  }
  return {
    ...empty,
    shop,
    identity: identityKey(shop, kind, user || anonymous),
    identity_kind: kind,
    sent_ts: now,
    ts: now,
    received_at: now,
    source: 1,
    message_id: id,
    message_hash: messageHash(shop, id),
    kind: sketch.kind,
    name: sketch.name ?? '',
    anonymous_id: anonymous,
    user_id: user,
    url: sketch.path ? `https://shop.ua${sketch.path}` : '',
    path: sketch.path ?? '',
    order_id: sketch.order ?? '',
    amount: sketch.order ? 10_000 : null,
    currency: sketch.order ? 'UAH' : '',
    properties: JSON.stringify(sketch.properties ?? {}),
    traits: JSON.stringify(sketch.traits ?? {}),
    context: '{}',
    original_time: '',
    marks: [],
    channel: 'site',
    touchpoint: '',
    stage: '',
    valence: null,
    arrival: '',
    measure: '',
    measured: null,
    rules_version: 0,
  }
}

/** Sends at an even rate and watches how far the consumers are behind. */
async function keepRate(
  { deps }: System,
  shop: number,
): Promise<{ sent: number; maxLag: number; meanLag: number }> {
  const lags: number[] = []
  const writes: Promise<unknown>[] = []
  const begun = Date.now()
  let sent = 0
  while (Date.now() - begun < SECONDS * 1_000) {
    const due = Math.floor(((Date.now() - begun) * RATE) / 1_000) - sent
    if (due > 0 && deps.writer.waitingRows() < MAX_WAITING) {
      writes.push(
        deps.writer.write(
          Array.from({ length: due }, () => makeEvent(shop)),
          [],
        ),
      )
      sent += due
    }
    lags.push(deps.runner.lagSeconds())
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  await Promise.all(writes)
  return { sent, maxLag: Math.max(...lags), meanLag: lags.reduce((sum, lag) => sum + lag, 0) / lags.length }
}

/** How fast a pile of events is worked off. */
async function workOff({ deps }: System, shop: number): Promise<number> {
  await deps.runner.drain()
  for (let at = 0; at < BURST; at += 2_000)
    await deps.writer.write(
      Array.from({ length: 2_000 }, () => makeEvent(shop)),
      [],
    )
  const begun = performance.now()
  await deps.runner.drain()
  return (performance.now() - begun) / 1_000
}

const dataDir = await mkdtemp(join(tmpdir(), 'tropa-bench-'))
const log = createLog('warn')
const engines = await startEngines({ dataDir, log })
const [postgres, clickhouse] = [
  createPostgres(engines.databaseUrl, log, { max: 1 }),
  createClickhouse(engines.clickhouseUrl),
]
await migrate({ pool: postgres.pool, clickhouse, log })
await Promise.all([postgres.close(), clickhouse.close()])
const settings = {
  dataDir,
  publicUrl: 'http://localhost',
  secret: Buffer.alloc(32, 1),
  embedded: engines.embedded,
  trustProxy: false,
}
const system = await openSystem({ ...engines, log, rooms, settings })
const shop = await createShop(system.deps.db, { name: 'Bench' })
const even = await keepRate(system, shop)
const begunBurst = performance.now()
const behind = await workOff(system, shop)
const burstSeconds = (performance.now() - begunBurst) / 1_000
const { rows } = await system.postgres.pool.query(
  'SELECT (SELECT count(*) FROM persons) AS persons, (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM feed_failures) AS failures',
)
const result = {
  eventsPerSecond: Math.round(even.sent / SECONDS),
  maxLagSeconds: Number(even.maxLag.toFixed(2)),
  meanLagSeconds: Number(even.meanLag.toFixed(2)),
  burstEventsPerSecond: Math.round(BURST / burstSeconds),
  secondsBehindAfterBurst: Number(behind.toFixed(2)),
  ratioToGoal: Number((BURST / burstSeconds / RATE).toFixed(2)),
  ...rows[0],
}
console.table(result)
console.log(JSON.stringify({ bench: 'people-consumer', ...result }))
await system.close()
await engines.stop()
await rm(dataDir, { recursive: true, force: true })
