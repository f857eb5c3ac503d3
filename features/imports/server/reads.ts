/** Reading of tables and text files for other rooms. */
export { isAnyRunning as isAnyImportRunning } from './import-store.ts'
export { createLineCodec, detectEncoding, type Encoding } from './reading/encoding.ts'
export {
  type BadRows,
  createBadRows,
  findColumn,
  getColumn,
  openRows,
  parseNumber,
  type RowReader,
} from './reading/read-table.ts'
export { type OpenSource, openSource, type Source } from './reading/source.ts'
