import type { ImportFigures, ImportProgress, ImportState, ImportView } from '../contract.ts'
import type { ImportCounts, ImportRow } from './import-table.ts'

/** How fast an import goes, by what was done since this process began with it. */
export interface Pace {
  rowsPerSecond: number | null
  secondsLeft: number | null
}

const FIRST_ESTIMATE_MS = 1_500

export function createPace(
  rowsBefore: number,
  shareBefore: number,
  clock: () => number = () => performance.now(),
) {
  const startedAt = clock()
  return {
    measure(rows: number, share: number): Pace {
      const ms = clock() - startedAt
      if (ms < FIRST_ESTIMATE_MS || rows === rowsBefore) return { rowsPerSecond: null, secondsLeft: null }
      const done = share - shareBefore
      return {
        rowsPerSecond: ((rows - rowsBefore) / ms) * 1000,
        secondsLeft: done <= 0 ? null : ((1 - share) / done) * (ms / 1000),
      }
    },
  }
}

export function describeProgress(at: {
  id: number
  state: ImportState
  counts: Partial<ImportCounts>
  share: number
  total: number
  isWaiting: boolean
  pace: Pace
}): ImportProgress {
  const { rows = 0, recorded = 0, duplicates = 0, corrected = 0, bad = 0 } = at.counts
  return {
    id: at.id,
    state: at.state,
    rows,
    recorded,
    duplicates,
    corrected,
    bad,
    share: at.share,
    bytes: Math.round(at.share * at.total),
    bytesTotal: at.total,
    isWaiting: at.isWaiting,
    ...at.pace,
  }
}

/** A stored import as screens see it; `live` is what the running process knows better. */
export function describeImport(row: ImportRow, live?: ImportProgress): ImportView {
  const total = row.files.reduce((sum, { bytes }) => sum + bytes, 0)
  const seconds = row.activeMs / 1000
  const rows = row.counts.rows ?? 0
  const pace = { rowsPerSecond: seconds > 0 && rows > 0 ? rows / seconds : null, secondsLeft: null }
  const stored = describeProgress({ ...row, total, isWaiting: false, pace })
  return {
    ...(live && row.state === 'running' ? live : stored),
    preset: row.preset,
    origin: row.origin,
    files: row.files.map(({ name, bytes }) => ({ name, bytes })),
    timeZone: row.options.timeZone,
    reasons: Object.entries(row.counts.reasons ?? {})
      .map(([reason, count]) => ({ reason, rows: count }))
      .sort((a, b) => b.rows - a.rows),
    figures: row.figures as ImportFigures | null,
    problem: row.problem,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    seconds,
  }
}
