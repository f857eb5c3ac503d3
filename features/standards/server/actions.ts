import type { Deps } from '../../../platform/room.ts'
import { recordWaiting } from './record-measures.ts'

/** Brings everything measured so far into the history now: for the command line, and for reports that must not lag. */
export async function recordMeasuresNow(
  deps: Pick<Deps, 'db' | 'clickhouse' | 'writer' | 'now' | 'log'>,
): Promise<void> {
  while ((await recordWaiting(deps)) > 0);
}
