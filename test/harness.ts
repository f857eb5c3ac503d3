import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClickhouse } from '../platform/clickhouse.ts'
import { createSilentLog } from '../platform/log.ts'
import { createPostgres } from '../platform/postgres.ts'
import type { Room } from '../platform/room.ts'
import { openSystem, type System } from '../server/open-system.ts'
import { rooms as allRooms } from '../server/rooms.ts'
import { files } from './files.ts'
import { passOverHistory } from './pass-over.ts'

export interface EngineUrls {
  databaseUrl: string
  clickhouseUrl: string
}

/** Connection strings of the engines that the global set-up started for this worker. */
export function testEngineUrls(): EngineUrls {
  const engines: EngineUrls[] = JSON.parse(process.env.TROPA_TEST_ENGINES ?? '[]')
  const mine = engines[(Number(process.env.VITEST_POOL_ID) - 1) % engines.length]
  if (!mine) throw new Error('Run tests through vitest: its global set-up starts the engines.')
  return mine
}

let passedOverBy: number | undefined

/** Once a file: what its own tests record is caught up with, whoever was away meanwhile. */
async function passOverOtherFiles(rooms: readonly Room[]): Promise<void> {
  if (passedOverBy === files.begun) return
  passedOverBy = files.begun
  const { databaseUrl, clickhouseUrl } = testEngineUrls()
  const postgres = createPostgres(databaseUrl, createSilentLog(), { max: 1 })
  const clickhouse = createClickhouse(clickhouseUrl)
  const consumers = rooms.flatMap((room) => (room.consumes ?? []).map(({ name }) => name))
  await passOverHistory(postgres.db, clickhouse, consumers)
  await Promise.all([postgres.close(), clickhouse.close()])
}

/** A whole system without HTTP over the worker's engines. Tests stay apart by making shops of their own. */
export async function openTestSystem(
  options: { rooms?: Room[]; now?: () => number; consumes?: boolean; urls?: Partial<EngineUrls> } = {},
): Promise<System> {
  const rooms = options.rooms ?? allRooms
  if (options.urls === undefined) await passOverOtherFiles(rooms)
  return openSystem({
    ...testEngineUrls(),
    ...options.urls,
    log: createSilentLog(),
    rooms,
    now: options.now,
    consumes: options.consumes,
    settings: {
      dataDir: await mkdtemp(join(tmpdir(), 'tropa-test-')),
      publicUrl: 'http://localhost:3000',
      secret: Buffer.alloc(32, 7),
      embedded: { postgres: true, clickhouse: true },
      trustProxy: false,
    },
  })
}
