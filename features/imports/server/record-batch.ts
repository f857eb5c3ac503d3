import type { Deps } from '../../../platform/room.ts'
import { type RecordOutcome, recordMessages } from '../../ingestion/server/actions.ts'
import type { BadRowsFile, RefusedRow } from './bad-rows-file.ts'
import type { ConvertedBatch } from './convert-batch.ts'
import type { Corrected, OrderCorrector } from './correct-orders.ts'
import type { RepeatFinder } from './find-repeats.ts'
import type { Message } from './import-stage.ts'
import type { ImportPosition } from './import-table.ts'
import type { Keeper } from './keep-progress.ts'
import { patiently } from './patiently.ts'
import { type TableRow, writeRow } from './read-stage.ts'

export interface Recorder {
  /** Makes a batch durable; then the import stands at `position`. Waits while a store is away. */
  record(batch: ConvertedBatch, position: ImportPosition, share: number): Promise<void>
}

export interface RecorderOptions {
  deps: Deps
  shop: number
  source: number
  keeper: Keeper
  badRows: BadRowsFile
  findRepeats: RepeatFinder
  /** Only where what was recorded may be put right by a later file. */
  correct: OrderCorrector | undefined
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { keeper, badRows, deps, shop, source, findRepeats, correct } = options
  return {
    async record(batch, position, share) {
      const { earlier, own } = await patiently(keeper, () => findRepeats(batch.messages))
      const isRepeat = (message: Message) => earlier.has(message) || own.has(message)
      const corrected = correct && (await patiently(keeper, () => correct(batch, isRepeat)))
      const fresh = gatherFresh(batch, isRepeat, corrected)
      const outcome = await recordFresh(options, fresh.messages)
      const refused = [...batch.refused, ...describeRejected(outcome, fresh.origins, batch.file)]
      await badRows.add(refused)
      deps.writer.counts.add(shop, source, 'duplicate', '', earlier.size)
      await keeper.advance(position, share, {
        rows: batch.rows,
        recorded: outcome.recorded + own.size,
        duplicates: outcome.duplicates + earlier.size,
        corrected: corrected?.orders ?? 0,
        refused,
        badBytes: badRows.size,
      })
    },
  }
}

function gatherFresh(
  { messages, origins }: ConvertedBatch,
  isRepeat: (message: Message) => boolean,
  corrected: Corrected | undefined,
) {
  const fresh: { messages: Message[]; origins: TableRow[] } = { messages: [], origins: [] }
  for (const [index, message] of messages.entries()) {
    if (isRepeat(message)) continue
    fresh.messages.push(corrected?.replaced.get(message) ?? message)
    fresh.origins.push(origins[index] as TableRow)
  }
  for (const { message, origin } of corrected?.extra ?? []) {
    fresh.messages.push(message)
    fresh.origins.push(origin)
  }
  return fresh
}

const NOTHING: RecordOutcome = { recorded: 0, duplicates: 0, rejected: [] }

/** An attempt whose answer was lost may have recorded what the next one finds there: it is this import's all the same. */
async function recordFresh(
  { deps, shop, source, keeper }: RecorderOptions,
  messages: Message[],
): Promise<RecordOutcome> {
  if (messages.length === 0) return NOTHING
  let attempts = 0
  const outcome = await patiently(keeper, () => {
    attempts++
    return recordMessages(deps, { shop, source, messages, origin: 'import' })
  })
  if (attempts === 1) return outcome
  return { ...outcome, recorded: outcome.recorded + outcome.duplicates, duplicates: 0 }
}

/** What ingestion didn't take, as rows of the file; a row that becomes several events is named once. */
function describeRejected(outcome: RecordOutcome, origins: readonly TableRow[], file: string): RefusedRow[] {
  const seen = new Set<TableRow>()
  return outcome.rejected.flatMap(({ index, reason, detail }) => {
    const row = origins[index]
    if (!row || seen.has(row)) return []
    seen.add(row)
    return [{ file, line: row.line, reason, detail, text: writeRow(row) }]
  })
}
