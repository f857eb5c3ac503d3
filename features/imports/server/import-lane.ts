import { hostname } from 'node:os'
import { type LaneWriter, openLaneWriter } from '../../../platform/feed/lane-writer.ts'
import { keepLaneAlive } from '../../../platform/feed/lanes.ts'
import type { Deps } from '../../../platform/room.ts'
import { readEpoch } from '../../../platform/system-state.ts'

export interface ImportLane {
  writer: LaneWriter
  close(): Promise<void>
}

/** Nobody waits for an answer, so a slow store is no reason to ask again. */
const PATIENCE_MS = 180_000
/** Consumers of other processes look only into lanes that gave a sign of life within a quarter of an hour. */
const SIGN_OF_LIFE_MS = 5 * 60_000

/** A lane of the import's own: in that of the process its large blocks would hold up what clients are sending. */
export async function openImportLane({ db, clickhouse, log, now, runner, live }: Deps): Promise<ImportLane> {
  const process_ = `${hostname()}:${process.pid}:import`
  const epoch = await readEpoch(db)
  const writer = await openLaneWriter({
    clickhouse,
    log,
    now,
    process: process_,
    epoch,
    patienceMs: PATIENCE_MS,
  })
  writer.onCommit((flush) => {
    runner.offer(flush)
    live.publish(flush)
  })
  const beat = setInterval(() => {
    keepLaneAlive(clickhouse, writer.lane, process_, epoch, now()).catch((error) =>
      log.warn({ err: error }, 'no sign of life of an import could be written'),
    )
  }, SIGN_OF_LIFE_MS).unref()
  return {
    writer,
    async close() {
      clearInterval(beat)
      await writer.close()
    },
  }
}
