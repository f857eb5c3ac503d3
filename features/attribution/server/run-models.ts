import { askThread, createTurns, slice } from '../../../platform/worker-thread.ts'
import type { PathRow } from '../../paths/server/reads.ts'
import { STEP_SEPARATOR } from '../../paths/server/reads.ts'
import type { WorkerRequest } from './attribution.worker.ts'
import type { MeasureOptions, ModelResult } from './measure-models.ts'
import { packRows } from './packed-rows.ts'
import type { Reach, Totals } from './path-table.ts'

export interface MeasuredModels {
  channels: string[]
  /** The rare ways that are one channel here. */
  joined: string[]
  reach: Reach[]
  totals: Totals
  models: ModelResult[]
}

/** So many rows are handed over at once: some milliseconds of the event loop. */
const SLICE = 5_000

/** As many reports wait for their turn at most: each holds its paths meanwhile. */
const inTurn = createTurns(6)
const SOURCE = new URL('./attribution.worker.ts', import.meta.url)

/**
 * All models in a thread of their own, one report after another. One answer for each side, on the same ways in the
 * same order.
 */
export function runModels(
  sides: readonly (readonly PathRow[])[],
  options: MeasureOptions,
): Promise<MeasuredModels[]> {
  function* messages(): Generator<WorkerRequest> {
    for (const [side, rows] of sides.entries())
      for (const some of slice(rows, SLICE)) yield { rows: packRows(some), side }
    yield { finish: { ...options, separator: STEP_SEPARATOR, sides: sides.length } }
  }
  return inTurn(() => askThread<WorkerRequest, MeasuredModels[]>(SOURCE, messages()))
}
