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
/** While PostgreSQL hangs, nobody waits longer than this for it. */
const PATIENCE_MS = 500

export function createDirectory(db: Db, clock: () => number = () => performance.now()): Directory {
  let snapshot: Snapshot | undefined
  let reading: Promise<void> | undefined
  let readingSince = Number.NEGATIVE_INFINITY
  let changedAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let isAway = false
  const unknown = new Map<string, number>()

  /** One reading at a time; a failure leaves the last known state in place. */
  function read(): Promise<void> {
    if (reading) return reading
    readingSince = clock()
    reading = readSnapshot(db, readingSince)
      .then(
        (next) => {
          snapshot = next
          isAway = false
        },
        () => noteFailure(),
      )
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  function noteFailure(): void {
    isAway = true
    failedAt = clock()
  }

  async function waitFor(work: Promise<void>): Promise<void> {
    if (await Promise.race([work.then(() => true), passed(PATIENCE_MS, false, { ref: false })])) return
    noteFailure()
  }

  const hasReadSince = (since: number) => snapshot !== undefined && snapshot.askedAt >= since

  /** Waits for a reading that began after `since`, or until one failed. */
  async function readSince(since: number): Promise<void> {
    while (!hasReadSince(since) && failedAt < since) {
      const pause = readingSince + SPACING_MS - clock()
      if (!reading && pause > 0) await passed(pause)
      await waitFor(read())
    }
  }

  /** The state to answer from: what is in memory when fresh enough, or while PostgreSQL is away; else read. */
  async function current(): Promise<Snapshot | undefined> {
    if (!hasReadSince(changedAt)) await readSince(changedAt)
    const now = clock()
    const age = now - (snapshot?.askedAt ?? Number.NEGATIVE_INFINITY)
    if (age <= FRESH_MS || now - failedAt <= FRESH_MS) return snapshot
    const next = read()
    if (age > STALE_MS && !isAway) await waitFor(next)
    return snapshot
  }

  async function find<T>(pick: (state: Snapshot) => T | undefined): Promise<T | undefined> {
    const asked = clock()
    const state = await current()
    const known = state && pick(state)
    if (known !== undefined) return known
    await readSince(asked)
    // Refusing a key that may be right would make clients throw their events away.
    if (!snapshot || snapshot.askedAt < asked) throw away()
    return pick(snapshot)
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
      changedAt = clock()
      failedAt = Number.NEGATIVE_INFINITY
      unknown.clear()
    },
  }
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
