import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Clickhouse } from './clickhouse.ts'
import type { DomainSubscription } from './domain-events.ts'
import type { FeedConsumer } from './feed/consumer.ts'
import type { ConsumerRunner } from './feed/consumer-runner.ts'
import type { LaneWriter } from './feed/lane-writer.ts'
import type { LiveFeed } from './feed/live.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Db, Tx } from './postgres.ts'

/** What every room may use. Made once by the shell, passed first. */
export interface Deps {
  db: Db
  clickhouse: Clickhouse
  log: Log
  now: () => number
  settings: Settings
  writer: LaneWriter
  runner: ConsumerRunner
  live: LiveFeed
  metrics: Metrics
}

/** The part of the configuration that rooms may read. */
export interface Settings {
  dataDir: string
  /** The address under which browsers reach this server, without a trailing slash. */
  publicUrl: string
  /** 32 bytes that encrypt secrets at rest and sign links. */
  secret: Buffer
  embedded: { postgres: boolean; clickhouse: boolean }
  /** True behind a reverse proxy that sets X-Forwarded-For. */
  trustProxy: boolean
  /** What a file sent by a browser may weigh; 2 GB unless told otherwise. */
  maxUploadBytes?: number
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** One room of the product. `server/app.ts` lists them in visible order. */
export interface Room {
  name: string
  routes?: (app: App, deps: Deps) => void
  /** Background work on a schedule. */
  jobs?: Job[]
  /** Effects of events, through the feed. */
  consumes?: FeedConsumer[]
  /** Names of the domain events that this room writes. */
  emits?: readonly string[]
  /** Effects of other rooms' domain events. */
  subscribes?: DomainSubscription[]
  /** The room's part of a person's path. */
  timeline?: (deps: Deps, query: TimelineQuery) => Promise<TimelineItem[]>
  person?: PersonParts
  /** Runs once at start, after migrations. */
  start?: (deps: Deps) => Promise<void>
  stop?: (deps: Deps) => Promise<void>
}

export interface Job {
  name: string
  /** Cron of five fields, UTC. */
  cron: string
  run(deps: Deps): Promise<void>
}

export interface TimelineQuery {
  shop: number
  person: string
  /** All identities of the person, the person's own included. */
  identities: string[]
  /** Half-open, ms since 1970. Newest first. */
  before: number
  after: number
  limit: number
}

/** One thing that happened on a person's path; `title` and `detail` are keys and values for the catalogue, not sentences. */
export interface TimelineItem {
  at: number
  room: string
  /** Key in the room's catalogue, e.g. `timeline.event`. */
  kind: string
  /** Values for the sentence. */
  values: Record<string, string | number | boolean | null>
  channel?: string
  tone?: 'won' | 'lost' | 'even' | 'quiet'
  /** A link inside the application, relative to the shop. */
  link?: string
  ref?: string
}

/** What a room does when people are joined, parted, exported or erased. */
export interface PersonParts {
  /** Moves what belongs to `from` over to `into`. Rooms that store identities need nothing. */
  merge?(tx: Tx, change: { shop: number; from: string; into: string; identities: string[] }): Promise<void>
  /** Undoes a merge: the identities go back to `to`. */
  unmerge?(tx: Tx, change: { shop: number; from: string; to: string; identities: string[] }): Promise<void>
  /** Everything the room knows about the person, as plain data. */
  export?(deps: Deps, person: PersonRef): Promise<unknown>
  /** Removes it from PostgreSQL (in `tx`). */
  erase?(tx: Tx, person: PersonRef): Promise<void>
  /** Removes it from the history in ClickHouse; called after the transaction, and again until it succeeds. */
  eraseHistory?(deps: Deps, person: PersonRef): Promise<void>
}

export interface PersonRef {
  shop: number
  person: string
  identities: string[]
}
