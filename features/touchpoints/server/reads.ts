import type { Db } from '../../../platform/postgres.ts'
import { createRegistryMemory, getDefaultRegistry, type RegistryMemory } from './registry-memory.ts'
import type { CompiledRegistry } from './rules/compile-registry.ts'

export { type CompiledRegistry, compileRegistry } from './rules/compile-registry.ts'
export { getDefaultRegistry }

const memories = new WeakMap<Db, RegistryMemory>()

/** The memory of a system; one for each connection, shared by all who ask. */
export function memoryOf({ db }: { db: Db }): RegistryMemory {
  const known = memories.get(db)
  if (known) return known
  const made = createRegistryMemory(db)
  memories.set(db, made)
  return made
}

/**
 * The registry by which the shop's events are classified now: its own, or the built-in one. From memory; goes on with
 * the last known while PostgreSQL is away. Not inside a transaction: this may read by another connection.
 */
export function getRegistry(deps: { db: Db }, shop: number): Promise<CompiledRegistry> {
  return memoryOf(deps).get(shop)
}

export { listScenarios } from './scenario-store.ts'
