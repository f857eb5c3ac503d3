import { hostname } from 'node:os'
import { type Clickhouse, createClickhouse } from '../platform/clickhouse.ts'
import { startDomainDelivery } from '../platform/domain-events.ts'
import { type ConsumerRunner, startConsumerRunner } from '../platform/feed/consumer-runner.ts'
import { type LaneWriter, openLaneWriter } from '../platform/feed/lane-writer.ts'
import { keepLaneAlive } from '../platform/feed/lanes.ts'
import { createLiveFeed } from '../platform/feed/live.ts'
import type { Log } from '../platform/log.ts'
import { createMetrics } from '../platform/metrics.ts'
import { createPostgres, type Postgres } from '../platform/postgres.ts'
import type { Deps, Room, Settings } from '../platform/room.ts'
import { readEpoch } from '../platform/system-state.ts'

export interface SystemOptions {
  databaseUrl: string
  clickhouseUrl: string
  log: Log
  settings: Settings
  rooms: Room[]
  now?: () => number
  /** False for a process that only takes events in. */
  consumes?: boolean
  process?: string
}

export interface System {
  deps: Deps
  postgres: Postgres
  close(): Promise<void>
}

const LANE_SIGN_OF_LIFE_MS = 5 * 60_000

/** Connects everything behind the HTTP side: stores, the lane writer, consumers, domain events. Schemas must be current. */
export async function openSystem(options: SystemOptions): Promise<System> {
  const { log, rooms } = options
  const now = options.now ?? Date.now
  const postgres = createPostgres(options.databaseUrl, log)
  const clickhouse = createClickhouse(options.clickhouseUrl)
  const epoch = await readEpoch(postgres.db)
  const processName = options.process ?? `${hostname()}:${process.pid}`
  const writer = await openLaneWriter({ clickhouse, log, now, process: processName, epoch })
  const live = createLiveFeed()
  const consumers = options.consumes === false ? [] : rooms.flatMap((room) => room.consumes ?? [])
  const runner = startConsumerRunner({ db: postgres.db, clickhouse, log, now, consumers })
  connect(writer, runner, live)
  const subscriptions = options.consumes === false ? [] : rooms.flatMap((room) => room.subscribes ?? [])
  const delivery = startDomainDelivery(postgres.db, subscriptions, log)
  const heartbeat = beat(clickhouse, writer, processName, epoch, now, log)
  const deps: Deps = {
    db: postgres.db,
    clickhouse,
    log,
    now,
    settings: options.settings,
    writer,
    runner,
    live,
    metrics: createMetrics(),
  }
  for (const room of rooms) await room.start?.(deps)
  return {
    deps,
    postgres,
    async close() {
      clearInterval(heartbeat)
      for (const room of [...rooms].reverse()) await room.stop?.(deps)
      await writer.close()
      await Promise.all([runner.close(), delivery.close()])
      await Promise.all([clickhouse.close(), postgres.close()])
    },
  }
}

function connect(writer: LaneWriter, runner: ConsumerRunner, live: ReturnType<typeof createLiveFeed>): void {
  writer.onCommit((flush) => {
    runner.offer(flush)
    live.publish(flush)
  })
}

function beat(
  clickhouse: Clickhouse,
  writer: LaneWriter,
  name: string,
  epoch: number,
  now: () => number,
  log: Log,
) {
  const timer = setInterval(() => {
    keepLaneAlive(clickhouse, writer.lane, name, epoch, now()).catch((error) =>
      log.warn({ err: error }, 'no sign of life could be written'),
    )
  }, LANE_SIGN_OF_LIFE_MS)
  return timer.unref()
}
