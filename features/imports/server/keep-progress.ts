import type { Deps } from '../../../platform/room.ts'
import type { ImportProgress, ImportState } from '../contract.ts'
import type { RefusedRow } from './bad-rows-file.ts'
import { keepCheckpoint } from './import-store.ts'
import type { ImportCounts, ImportPosition, ImportRow } from './import-table.ts'
import { createPace, describeProgress } from './progress.ts'
import type { RunOptions } from './run-import.ts'

/** The import was told to stop. */
export class Stopped extends Error {
  readonly reason: 'cancel' | 'shutdown'
  constructor(reason: 'cancel' | 'shutdown') {
    super(`the import stops: ${reason}`)
    this.reason = reason
  }
}

export interface Advance {
  rows: number
  recorded: number
  duplicates: number
  corrected: number
  refused: readonly RefusedRow[]
  badBytes: number
}

/** Knows how far an import has come, tells whoever watches, and writes it down about every second. */
export interface Keeper {
  readonly position: ImportPosition
  readonly counts: Readonly<ImportCounts>
  readonly signal: AbortSignal
  advance(position: ImportPosition, share: number, by: Advance): Promise<void>
  enterStage(stage: number): void
  setWaiting(isWaiting: boolean): void
  /** Writes the checkpoint now. */
  save(): Promise<void>
  throwIfStopped(): void
  report(state: ImportState): ImportProgress
  close(): Promise<void>
}

const SAVE_EVERY_MS = 1_000
/** Also while nothing advances, so that nobody takes a waiting import for a dead one. */
const BEAT_EVERY_MS = 8_000

export function createKeeper(deps: Deps, row: ImportRow, options: RunOptions): Keeper {
  const stopping = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal
  let position: ImportPosition = row.position ?? { stage: 0 }
  const counts: ImportCounts = {
    rows: 0,
    recorded: 0,
    duplicates: 0,
    corrected: 0,
    bad: 0,
    badBytes: 0,
    reasons: {},
    ...row.counts,
  }
  let share = row.share
  let isWaiting = false
  let savedAt = performance.now()
  let saving: Promise<void> | undefined
  const pace = createPace(counts.rows, share)
  const total = row.files.reduce((sum, { bytes }) => sum + bytes, 0)
  const beat = setInterval(() => void save(), BEAT_EVERY_MS).unref()

  const report = (state: ImportState) =>
    describeProgress({
      id: row.id,
      state,
      counts,
      share,
      total,
      isWaiting,
      pace: pace.measure(counts.rows, share),
    })
  const tell = () => options.onProgress?.(report('running'))

  /** One at a time; a failure is no reason to stop, the next one will do. */
  function save(): Promise<void> {
    saving ??= write().finally(() => {
      saving = undefined
    })
    return saving
  }

  async function write(): Promise<void> {
    const now = performance.now()
    const checkpoint = { position, counts: { ...counts }, share, activeMs: now - savedAt }
    try {
      const answer = await keepCheckpoint(deps.db, row.id, options.runner, checkpoint)
      savedAt = now
      if (answer !== 'go on') stopping.abort(answer)
    } catch (error) {
      deps.log.warn({ err: error, import: row.id }, 'a checkpoint could not be written; the next one will do')
    }
  }

  return {
    get position() {
      return position
    },
    counts,
    signal,
    report,
    save,
    async advance(to, newShare, by) {
      position = to
      share = Math.max(share, newShare)
      addCounts(counts, by)
      tell()
      if (performance.now() - savedAt >= SAVE_EVERY_MS) await save()
    },
    enterStage(stage) {
      position = { stage }
    },
    setWaiting(next) {
      if (next === isWaiting) return
      isWaiting = next
      tell()
    },
    throwIfStopped() {
      if (signal.aborted) throw new Stopped(signal.reason === 'shutdown' ? 'shutdown' : 'cancel')
    },
    async close() {
      clearInterval(beat)
      await saving
      await save()
    },
  }
}

function addCounts(counts: ImportCounts, by: Advance): void {
  counts.rows += by.rows
  counts.recorded += by.recorded
  counts.duplicates += by.duplicates
  counts.corrected += by.corrected
  counts.bad += by.refused.length
  counts.badBytes = by.badBytes
  for (const { reason } of by.refused) counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1
}
