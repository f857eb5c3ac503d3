import { setTimeout as passed } from 'node:timers/promises'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Language } from '../contract.ts'
import { type ConsentMode, shops, sources, writeKeys } from './accounts-tables.ts'

/** Settings of a shop that other rooms work by. */
export interface ShopSettings {
  id: number
  name: string
  currency: string
  timeZone: string
  language: Language
  domains: string[]
  phoneCountry: string
  consentMode: ConsentMode
  isArchived: boolean
}

/** Where an event that carries a write key belongs. */
export interface WriteKeyOwner {
  shop: number
  source: number
}

interface Snapshot {
  /** When its reading began, on the monotonic clock: it knows everything committed before. */
  askedAt: number
  keys: Map<string, WriteKeyOwner>
  shops: Map<number, ShopSettings>
}

/** All shops and living write keys in memory: ingestion asks for them with every request. */
export interface Directory {
  findWriteKey(key: string): Promise<WriteKeyOwner | undefined>
  findShop(shop: number): Promise<ShopSettings | undefined>
  /** Reads the tables before the next answer: something was changed by this process. */
  expire(): void
}

/** Answers from memory without waiting. */
const FRESH_MS = 1_000
/** Older than this, a reading is waited for: so what another process changed counts within two seconds. */
const STALE_MS = 2_000
/** Readings start at most this often, however many unknown keys are tried. */
const SPACING_MS = 100
const UNKNOWN_MS = 1_000
const MAX_UNKNOWN = 10_000
/** While PostgreSQL hangs, nobody waits longer than this for what is in memory too. */
const PATIENCE_MS = 500
/** Whoever asks for what memory doesn't hold has no other way: a busy PostgreSQL is not one that is away. */
const COLD_PATIENCE_MS = 4_000

export function createDirectory(db: Db, clock: () => number = () => performance.now()): Directory {
  const reader = createReader(db, clock)
  const unknown = new Map<string, number>()

  async function find<T>(pick: (state: Snapshot) => T | undefined): Promise<T | undefined> {
    const asked = clock()
    const state = await reader.current()
    const known = state && pick(state)
    if (known !== undefined) return known
    const fresh = await reader.readSince(asked)
    // Refusing a key that may be right would make clients throw their events away.
    if (!fresh) throw away()
    return pick(fresh)
  }

  return {
    async findWriteKey(key) {
      const now = clock()
      if (now < (unknown.get(key) ?? 0)) return undefined
      const found = await find((state) => state.keys.get(key))
      if (found) return found
      if (unknown.size >= MAX_UNKNOWN) unknown.clear()
      unknown.set(key, now + UNKNOWN_MS)
      return undefined
    },
    findShop: (shop) => find((state) => state.shops.get(shop)),
    expire() {
      reader.expire()
      unknown.clear()
    },
  }
}

/** Reads the tables, one reading at a time, and keeps what the last one brought; a failure leaves that in place. */
function createReading(db: Db, clock: () => number) {
  const state = {
    snapshot: undefined as Snapshot | undefined,
    startedAt: Number.NEGATIVE_INFINITY,
    failedAt: Number.NEGATIVE_INFINITY,
    isAway: false,
    running: undefined as Promise<void> | undefined,
  }

  function settle(next: Snapshot | undefined): void {
    state.isAway = next === undefined
    if (next) state.snapshot = next
    // What came late came all the same.
    state.failedAt = next ? Number.NEGATIVE_INFINITY : clock()
  }

  function start(): Promise<void> {
    if (state.running) return state.running
    state.startedAt = clock()
    state.running = readSnapshot(db, state.startedAt)
      .then(settle, () => settle(undefined))
      .finally(() => {
        state.running = undefined
      })
    return state.running
  }

  /** Waits for a reading, but not for a hanging connection. */
  async function waitFor(work: Promise<void>, patienceMs: number): Promise<void> {
    const isDone = work.then(() => true)
    if (!(await Promise.race([isDone, passed(patienceMs, false, { ref: false })]))) settle(undefined)
  }
  return { state, start, waitFor }
}

/** Knows when what is in memory will do and when the tables are to be read. */
function createReader(db: Db, clock: () => number) {
  const { state, start, waitFor } = createReading(db, clock)
  let changedAt = Number.NEGATIVE_INFINITY

  const since = (time: number) =>
    state.snapshot && state.snapshot.askedAt >= time ? state.snapshot : undefined

  /** Waits for a reading that began after `time`; undefined when it failed. */
  async function readSince(time: number): Promise<Snapshot | undefined> {
    // Others have lost patience with the reading on its way; here nothing else is left.
    if (!since(time) && state.running && state.failedAt >= time)
      await waitFor(state.running, COLD_PATIENCE_MS)
    while (!since(time) && state.failedAt < time) {
      const pause = state.startedAt + SPACING_MS - clock()
      if (!state.running && pause > 0) await passed(pause)
      await waitFor(start(), COLD_PATIENCE_MS)
    }
    return since(time)
  }

  /** The state to answer from: what is in memory when fresh enough, or while PostgreSQL is away; else read. */
  async function current(): Promise<Snapshot | undefined> {
    if (!since(changedAt)) await readSince(changedAt)
    const now = clock()
    const age = now - (state.snapshot?.askedAt ?? Number.NEGATIVE_INFINITY)
    if (age <= FRESH_MS || now - state.failedAt <= FRESH_MS) return state.snapshot
    const reading = start()
    if (age > STALE_MS && !state.isAway) await waitFor(reading, PATIENCE_MS)
    return state.snapshot
  }

  function expire(): void {
    changedAt = clock()
    state.failedAt = Number.NEGATIVE_INFINITY
  }
  return { current, readSince, expire }
}

function away(): AppError {
  return new AppError(
    'store_away',
    'PostgreSQL is away, so the key can not be checked; try again in a moment.',
    {
      retryAfterSeconds: 2,
    },
  )
}

async function readSnapshot(db: Db, askedAt: number): Promise<Snapshot> {
  const rows = await db.select().from(shops)
  const keys = await db
    .select({ key: writeKeys.key, shop: writeKeys.shop, source: writeKeys.source })
    .from(writeKeys)
    .innerJoin(sources, eq(sources.id, writeKeys.source))
    .innerJoin(shops, eq(shops.id, writeKeys.shop))
    .where(
      and(
        writeKeys.enabled,
        sources.enabled,
        isNull(shops.archivedAt),
        or(isNull(writeKeys.endsAt), gt(writeKeys.endsAt, sql`now()`)),
      ),
    )
  return {
    askedAt,
    keys: new Map(keys.map(({ key, shop, source }) => [key, { shop, source }])),
    shops: new Map(rows.map((row) => [row.id, toSettings(row)])),
  }
}

function toSettings(row: typeof shops.$inferSelect): ShopSettings {
  const { createdAt: _, archivedAt, ...settings } = row
  return { ...settings, isArchived: archivedAt !== null }
}
