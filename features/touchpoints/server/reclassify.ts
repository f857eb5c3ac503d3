import { setTimeout as passed } from 'node:timers/promises'
import type { Deps } from '../../../platform/room.ts'
import type { Registry } from '../contract.ts'
import { LONG_STATEMENT } from './preview-query.ts'
import { listMonths, updateMonth } from './reclassify-query.ts'
import { claimShop, keepSteps, releaseShop, type Steps } from './reclassify-store.ts'
import { REFRESHED_WITHIN_MS } from './registry-memory.ts'
import { readPublished } from './registry-store.ts'

export type ReclassifyDeps = Pick<Deps, 'db' | 'clickhouse' | 'log' | 'now'>

export interface ReclassifyOptions {
  runner: string
  signal: AbortSignal
  /** How long after a version is in force events may still come that an older one classified. */
  drainMs?: number
  /** How long the store may fail at a month, and try again by itself, before that is given up. */
  patienceMs?: number
}

/** Every process has read the new version by then, and what it had classified before is written or given up. */
const DRAIN_MS = REFRESHED_WITHIN_MS + 8_000
/** What passes, like too little memory, passes by then. */
const PATIENCE_MS = 60_000
const POLL_MS = 300
const BEAT_MS = 5_000

interface Month {
  month: number
  events: number
}

interface Run {
  deps: ReclassifyDeps
  options: ReclassifyOptions
  shop: number
  steps: Steps
}

/**
 * Brings all of a shop's history to the rules in force, month by month. What remains is read from the events
 * themselves, so whoever comes after a killed process goes on where it was. False while another process works on one.
 */
export async function reclassifyShop(
  deps: ReclassifyDeps,
  shop: number,
  options: ReclassifyOptions,
): Promise<boolean> {
  const { db, log } = deps
  const { registry } = await readPublished(db, shop)
  if (!(await claimShop(db, shop, registry.version, options.runner))) return false
  const steps: Steps = { version: registry.version, monthsTotal: 0, monthsDone: 0, rowsTotal: 0, rowsDone: 0 }
  try {
    const version = await bringUpToDate({ deps, options, shop, steps })
    await releaseShop(
      db,
      shop,
      options.runner,
      version === undefined ? { problem: null } : { doneVersion: version },
    )
    return version !== undefined
  } catch (error) {
    log.warn(
      { err: error, shop },
      'the history waits to be classified by the newest rules; it is tried again',
    )
    const problem = error instanceof MonthRefused ? error.message : 'store_away'
    await releaseShop(db, shop, options.runner, { problem })
    return false
  }
}

/** The version that everything has in the end; undefined when it was told to stop before. */
async function bringUpToDate(run: Run): Promise<number | undefined> {
  const { deps, options, shop, steps } = run
  while (!options.signal.aborted) {
    const { registry, publishedAt } = await readPublished(deps.db, shop)
    const months = await readMonths(run, registry.version)
    if (months.length === 0) {
      const age = publishedAt === null ? Number.POSITIVE_INFINITY : Date.now() - publishedAt.getTime()
      if (age >= (options.drainMs ?? DRAIN_MS)) return registry.version
      await pause(POLL_MS, options.signal)
      continue
    }
    plan(steps, registry.version, months)
    await save(run)
    for (const month of months) {
      if (options.signal.aborted || !(await isNewest(run, registry.version))) break
      await reclassifyMonth(run, registry, month)
    }
  }
  return undefined
}

/** A newer version begins anew; what arrives late for the same one is added to what there was. */
function plan(steps: Steps, version: number, months: readonly Month[]): void {
  const events = months.reduce((sum, month) => sum + month.events, 0)
  const isSame = steps.version === version
  steps.version = version
  steps.monthsDone = isSame ? steps.monthsDone : 0
  steps.rowsDone = isSame ? steps.rowsDone : 0
  steps.monthsTotal = steps.monthsDone + months.length
  steps.rowsTotal = steps.rowsDone + events
}

async function reclassifyMonth(run: Run, registry: Registry, { month, events }: Month): Promise<void> {
  const { deps, shop, steps } = run
  const { sql, params } = updateMonth(shop, registry, month)
  // Not waited for in the statement: a month may take longer than a request may.
  if (!(await findMutation(deps, shop, month)))
    await deps.clickhouse.command(sql, { params, settings: { ...LONG_STATEMENT, mutations_sync: '0' } })
  if (!(await followMutation(run, month))) return
  steps.monthsDone += 1
  steps.rowsDone += events
  await save(run)
}

/** False when it was told to stop before the month was done. */
async function followMutation(run: Run, month: number): Promise<boolean> {
  const { deps, options, shop } = run
  let saved = performance.now()
  let failedAt: number | undefined
  while (!options.signal.aborted) {
    const mutation = await findMutation(deps, shop, month)
    if (!mutation) return true
    failedAt = mutation.reason === '' ? undefined : (failedAt ?? performance.now())
    if (failedAt !== undefined && performance.now() - failedAt >= (options.patienceMs ?? PATIENCE_MS))
      await giveUp(deps, month, mutation)
    await pause(POLL_MS, options.signal)
    if (performance.now() - saved < BEAT_MS) continue
    saved = performance.now()
    await save(run)
  }
  return false
}

interface Mutation {
  id: string
  /** Why it failed last; '' when it didn't. */
  reason: string
}

/** The mutation of this month that is going on, also one that a process began which is gone. */
async function findMutation(
  { clickhouse }: ReclassifyDeps,
  shop: number,
  month: number,
): Promise<Mutation | undefined> {
  const [mutation] = await clickhouse.query<Mutation>(
    `SELECT mutation_id AS id, latest_fail_reason AS reason FROM system.mutations
     WHERE database = currentDatabase() AND table = 'events' AND NOT is_done
       AND position(command, 'rules_version = ') > 0 AND position(command, {place:String}) > 0`,
    { params: { place: `IN PARTITION '${month}' WHERE (shop = ${shop})` } },
  )
  return mutation
}

/** What the store refused to do to a month, in its own words. */
class MonthRefused extends Error {}

/** A mutation that fails would be tried for ever, and every later one would wait behind it. */
async function giveUp({ clickhouse }: ReclassifyDeps, month: number, mutation: Mutation): Promise<never> {
  await clickhouse.command(
    `KILL MUTATION WHERE database = currentDatabase() AND table = 'events' AND mutation_id = {id:String} SYNC`,
    { params: { id: mutation.id } },
  )
  throw new MonthRefused(`${month}: ${mutation.reason}`)
}

async function readMonths({ deps, shop }: Run, version: number): Promise<Month[]> {
  const { sql, params } = listMonths(shop, version)
  return deps.clickhouse.query<Month>(sql, { params })
}

async function isNewest({ deps, shop }: Run, version: number): Promise<boolean> {
  return (await readPublished(deps.db, shop)).registry.version === version
}

function save({ deps, options, shop, steps }: Run): Promise<void> {
  return keepSteps(deps.db, shop, options.runner, steps)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await passed(ms, undefined, { signal }).catch(() => undefined)
}
