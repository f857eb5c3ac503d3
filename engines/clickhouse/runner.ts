import type { Engine } from './engine.ts'
import type { StatementRequest } from './http-request.ts'
import type { ResponseWriter } from './response-writer.ts'
import type { ResultSinks } from './result-sinks.ts'
import type { Slots } from './slots.ts'

/** What runs statements: the engine, its places, and the pace of inserts that heavy reads give way to. */
export interface Runner {
  engine: Engine
  slots: Slots
  sinks: ResultSinks
  /** Larger inserts are refused: so much is better sent in parts. */
  maxInsertBytes: number
  inserts: { running: number; lastEnd: number }
}

/** One request being answered. */
export interface Exchange {
  request: StatementRequest
  writer: ResponseWriter
  /** Aborts when the client has left, with the error to answer as its reason. */
  signal: AbortSignal
}
