import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One session of the embedded engine. It runs one statement at a time and must not be closed under a running one. */
export type NativeConnection = object & { readonly __brand?: 'connection' }

export interface NativeResult {
  bytes: Uint8Array
  elapsed: number
  rowsRead: number
  bytesRead: number
}

export interface NativeInsert {
  elapsed: number
  rowsWritten: number
  bytesWritten: number
}

/** What the engine's own parser says of a text; `queryClass` is one of `QUERY_CLASS`. */
export interface NativeAnalysis {
  statementCount: number
  queryClass: number
}

export const QUERY_CLASS = { read: 0, write: 1, access: 2, control: 3, unknown: 4 } as const

/**
 * The addon under the chdb package. The package's own `Session` is not used: it refuses binary insert formats,
 * and it sends all parameterised queries of the process through one chain, behind the slowest report.
 */
export interface NativeChdb {
  CreateConnection(dataDir: string, args: readonly string[]): NativeConnection
  CloseConnection(connection: NativeConnection): void
  QueryAsyncConnection(connection: NativeConnection, sql: string, format: string): Promise<NativeResult>
  InsertRawAsyncConnection(
    connection: NativeConnection,
    head: string,
    data: Buffer,
    countLines: boolean,
  ): Promise<NativeInsert>
  DurableClassifyAsync(connection: NativeConnection, sql: string, database: string): Promise<NativeAnalysis>
  EngineVersion(): string
}

/** Loads the engine's shared library into this process (about 0.5 GB of mapped file, 140 MB resident). */
export function loadNativeChdb(): NativeChdb {
  const require = createRequire(import.meta.url)
  const packageFolder = dirname(require.resolve('chdb/package.json'))
  // Not an export of the package, so by path: it picks the library of this platform.
  const loader = require(join(packageFolder, 'dist/loader.js')) as { loadNative(): NativeChdb }
  return loader.loadNative()
}
