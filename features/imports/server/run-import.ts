import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError, isAppError } from '../../../kernel/errors.ts'
import type { Deps } from '../../../platform/room.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import type { ImportProgress, ImportState } from '../contract.ts'
import { type BadRowsFile, openBadRowsFile } from './bad-rows-file.ts'
import { convertBatch, gather, startGathering } from './convert-batch.ts'
import { createOrderCorrector } from './correct-orders.ts'
import { findFigures } from './figures.ts'
import { createRepeatFinder, hasRecorded } from './find-repeats.ts'
import { openImportLane } from './import-lane.ts'
import type { ImportStage, PresetOptions } from './import-stage.ts'
import { claimImport, finishImport, type ImportEnd } from './import-store.ts'
import type { ImportRow } from './import-table.ts'
import { createKeeper, type Keeper, Stopped } from './keep-progress.ts'
import { patiently } from './patiently.ts'
import { presets } from './presets/preset-list.ts'
import { openTable } from './read-stage.ts'
import type { ResumePoint } from './reading/batch.ts'
import { createRecorder, type Recorder } from './record-batch.ts'
import { waitForEffects } from './wait-for-effects.ts'

export interface RunOptions {
  /** A name for this process, unique among living ones. */
  runner: string
  onProgress?: (progress: ImportProgress) => void
  /** Aborting with the reason 'shutdown' leaves the rest to another process; anything else cancels. */
  signal?: AbortSignal
}

export interface ImportOutcome {
  id: number
  state: ImportState
  progress: ImportProgress
}

/**
 * Runs an import, or goes on with one that was stopped or killed: every row becomes durable once, and what was
 * recorded by any earlier run is told and not counted again. Needs little memory whatever the size of the file.
 * Undefined when somebody else is running it.
 */
export async function runImport(
  deps: Deps,
  id: number,
  options: RunOptions,
): Promise<ImportOutcome | undefined> {
  const row = await claimImport(deps.db, id, options.runner)
  if (!row) return undefined
  const keeper = createKeeper(deps, row, options)
  const badRows = await openBadRowsFile(deps.settings.dataDir, id, keeper.counts.badBytes)
  let end: ImportEnd
  try {
    end = await work(deps, row, keeper, badRows)
  } catch (error) {
    end = explainEnd(error, deps)
  }
  await badRows.close()
  await keeper.close()
  await untilPostgresAnswers(deps, () => finishImport(deps.db, id, options.runner, end))
  return { id, state: end.state, progress: keeper.report(end.state) }
}

async function work(deps: Deps, row: ImportRow, keeper: Keeper, badRows: BadRowsFile): Promise<ImportEnd> {
  const lane = await patiently(keeper, () => openImportLane(deps))
  try {
    return await recordAll({ ...deps, writer: lane.writer }, row, keeper, badRows)
  } finally {
    await lane.close()
  }
}

async function recordAll(
  deps: Deps,
  row: ImportRow,
  keeper: Keeper,
  badRows: BadRowsFile,
): Promise<ImportEnd> {
  const { shop } = row
  const { stages, ...prepared } = await patiently(keeper, () => prepareWork(deps, row))
  const { source } = prepared
  const recorder = createRecorder({ deps, shop, keeper, badRows, ...prepared })
  for (const [index, stage] of stages.entries())
    if (index >= keeper.position.stage) await readStage(stages, index, stage, keeper, recorder)
  await keeper.save()
  const isComplete = await waitForEffects(deps, keeper.signal, EFFECTS_PATIENCE_MS)
  keeper.throwIfStopped()
  return {
    state: 'done',
    figures: await patiently(keeper, () => findFigures(deps, shop, source, isComplete)),
  }
}

async function prepareWork(deps: Deps, row: ImportRow) {
  const { shop, preset } = row
  const source = await ensureSource(deps.db, shop, { kind: 'import', name: preset })
  const ownSince = row.attempts > 1 ? row.startedAt : null
  const stages = await presets[preset].prepare(row.files, await readOptions(deps, row))
  const findRepeats = await createRepeatFinder(deps.clickhouse, { shop, source, ownSince })
  const mayCorrect = preset === 'orders' && (await hasRecorded(deps.clickhouse, shop, source))
  const correct = mayCorrect ? createOrderCorrector(deps.clickhouse, { shop, source }) : undefined
  return { source, stages, findRepeats, correct }
}

const EFFECTS_PATIENCE_MS = 10 * 60_000

async function readOptions(deps: Deps, row: ImportRow): Promise<PresetOptions> {
  const shop = await getShopSettings(deps, row.shop)
  const { timeZone, mapping } = row.options
  return { shop: row.shop, timeZone, currency: shop.currency, phoneCountry: shop.phoneCountry, mapping }
}

/**
 * One block of the store. Larger ones are no faster on two cores, and all of their rows are alive at once, so that
 * collecting memory holds the event loop longer: 138 ms with 10,000 where it is 76 with these.
 */
const MIN_MESSAGES = 2_500
/** Of a file that is bad throughout no more is held in memory. */
const MAX_REFUSED = 2_000

/** Reads a file and records it, the next rows being read while those before are on their way to the store. */
async function readStage(
  stages: readonly ImportStage[],
  index: number,
  stage: ImportStage,
  keeper: Keeper,
  recorder: Recorder,
): Promise<void> {
  const { position } = keeper
  const table = await openTable(stage.file, position.stage === index ? position.point : undefined)
  const read = stage.compile(table.columns)
  let gathered = startGathering(stage.file.name)
  let recording: Promise<void> = Promise.resolve()
  const record = async (point: ResumePoint, share: number) => {
    await recording
    recording = recorder.record(gathered, { stage: index, point }, shareOf(stages, index, share))
    // Awaited in the next round; a failure meanwhile must not be an unhandled one.
    recording.catch(() => undefined)
    gathered = startGathering(stage.file.name)
  }
  let last: { point: ResumePoint; share: number } | undefined
  try {
    for await (const batch of table.batches) {
      keeper.throwIfStopped()
      gather(gathered, convertBatch(batch, stage.file.name, read))
      last = { point: batch.next, share: batch.share ?? 0 }
      const isEnough = gathered.messages.length >= MIN_MESSAGES || gathered.refused.length >= MAX_REFUSED
      if (isEnough) await record(last.point, last.share)
      await nextTurn()
    }
    if (last) await record(last.point, 1)
  } finally {
    await recording.catch(() => undefined)
  }
  await recording
  keeper.enterStage(index + 1)
}

/** What share of all files lies before a place in one of them. */
function shareOf(stages: readonly ImportStage[], index: number, share: number): number {
  const total = stages.reduce((sum, { file }) => sum + file.bytes, 0)
  const before = stages.slice(0, index).reduce((sum, { file }) => sum + file.bytes, 0)
  return total === 0 ? 1 : (before + share * (stages[index]?.file.bytes ?? 0)) / total
}

function explainEnd(error: unknown, { log }: Deps): ImportEnd {
  if (error instanceof Stopped) return { state: error.reason === 'shutdown' ? 'waiting' : 'cancelled' }
  if (isAppError(error)) return { state: 'failed', problem: { code: error.code, message: error.message } }
  log.error({ err: error }, 'an import failed')
  return {
    state: 'failed',
    problem: { code: 'internal', message: 'Something went wrong here. It has been noted in the log.' },
  }
}

/** The end of an import must not be forgotten because PostgreSQL was away for a moment. */
async function untilPostgresAnswers(deps: Deps, attempt: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= 20) throw new AppError('store_away', 'PostgreSQL is away.', { cause: error })
      deps.log.warn({ err: error }, 'the end of an import could not be noted; trying again')
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}
