import { setTimeout as passed } from 'node:timers/promises'
import { isAppError } from '../../../kernel/errors.ts'
import { isClickhouseAway } from '../../../platform/clickhouse.ts'
import { isPostgresAway } from '../../../platform/postgres.ts'
import type { Keeper } from './keep-progress.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000

/** Repeats while a store is away: an import that runs for an hour must not fail because of a restart. */
export async function patiently<T>(keeper: Keeper, attempt: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const result = await attempt()
      keeper.setWaiting(false)
      return result
    } catch (error) {
      if (!isStoreAway(error)) throw error
      keeper.setWaiting(true)
      await passed(wait, undefined, { signal: keeper.signal }).catch(() => undefined)
      keeper.throwIfStopped()
    }
  }
}

function isStoreAway(error: unknown): boolean {
  return isAppError(error) ? error.code === 'store_away' : isClickhouseAway(error) || isPostgresAway(error)
}
