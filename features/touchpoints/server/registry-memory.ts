import { setTimeout as passed } from 'node:timers/promises'
import { and, eq, max } from 'drizzle-orm'
import type { Db } from '../../../platform/postgres.ts'
import type { Registry } from '../contract.ts'
import { defaultRegistry } from './default-registry.ts'
import { type CompiledRegistry, compileRegistry } from './rules/compile-registry.ts'
import { registryVersions } from './touchpoints-tables.ts'

/** The registries in force, in memory: ingestion asks for one with every request. */
export interface RegistryMemory {
  get(shop: number): Promise<CompiledRegistry>
  /** Reads the tables before the next answer: something was published by this process. */
  expire(): void
}

/** Answers from memory without waiting. */
const FRESH_MS = 1_000
/** Older than this, a reading is waited for: so what another process published counts within two seconds. */
const STALE_MS = 2_000
/** While PostgreSQL hangs or is away, nobody waits longer than this for it, and then not again for a while. */
const PATIENCE_MS = 500

/** After this time nobody classifies by a version that was replaced before it, PostgreSQL being there. */
export const REFRESHED_WITHIN_MS = STALE_MS + PATIENCE_MS

let compiledDefault: CompiledRegistry | undefined

export function getDefaultRegistry(): CompiledRegistry {
  compiledDefault ??= compileRegistry(defaultRegistry)
  return compiledDefault
}

export function createRegistryMemory(db: Db, clock = () => performance.now()): RegistryMemory {
  const compiled = new Map<number, CompiledRegistry>()
  let readAt = Number.NEGATIVE_INFINITY
  let failedAt = Number.NEGATIVE_INFINITY
  let changedAt = Number.NEGATIVE_INFINITY
  let running: Promise<boolean> | undefined

  async function read(): Promise<boolean> {
    const startedAt = clock()
    try {
      for (const { shop, version } of await listVersions(db)) {
        if ((compiled.get(shop)?.version ?? 0) >= version) continue
        const registry = await findRegistry(db, shop, version)
        if (registry) compiled.set(shop, compileRegistry(registry))
      }
      // A reading that was on its way when something changed may have missed it.
      if (startedAt >= changedAt) readAt = startedAt
      return true
    } catch {
      // What was read last goes on to count; the next reading will tell.
      failedAt = clock()
      return false
    }
  }

  function start(): Promise<boolean> {
    running ??= read().finally(() => {
      running = undefined
    })
    return running
  }

  async function refresh(): Promise<void> {
    const now = clock()
    if (now - readAt <= FRESH_MS) return
    const reading = start()
    if (now - readAt <= STALE_MS || now - failedAt <= FRESH_MS) return
    const isDone = await Promise.race([reading.then(() => true), passed(PATIENCE_MS, false, { ref: false })])
    if (!isDone) failedAt = clock()
  }

  return {
    async get(shop) {
      await refresh()
      return compiled.get(shop) ?? getDefaultRegistry()
    },
    expire() {
      changedAt = clock()
      readAt = Number.NEGATIVE_INFINITY
      failedAt = Number.NEGATIVE_INFINITY
      running = undefined
    },
  }
}

async function listVersions(db: Db): Promise<{ shop: number; version: number }[]> {
  const rows = await db
    .select({ shop: registryVersions.shop, version: max(registryVersions.version) })
    .from(registryVersions)
    .groupBy(registryVersions.shop)
  return rows.map(({ shop, version }) => ({ shop, version: version ?? 0 }))
}

async function findRegistry(db: Db, shop: number, version: number): Promise<Registry | undefined> {
  const [row] = await db
    .select({ registry: registryVersions.registry })
    .from(registryVersions)
    .where(and(eq(registryVersions.shop, shop), eq(registryVersions.version, version)))
  return row && { ...row.registry, version }
}
