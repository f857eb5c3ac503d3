import { AppError } from '../../../kernel/errors.ts'
import { type BadRows, openSource } from '../../imports/server/reads.ts'
import type { EventLog } from './event-log.ts'
import { type EventColumns, readEventTable } from './read-event-table.ts'
import { readXes, XES_KEYS } from './read-xes.ts'

export type { EventLog } from './event-log.ts'
export { createEventCollector } from './event-log.ts'

/** The events of a file by case: a table, or an event log in XES, where columns are keys and may be left out. */
export async function readEventLog(
  file: string,
  columns: Partial<EventColumns>,
  bad: BadRows,
): Promise<EventLog> {
  const source = await openSource(file)
  const start = source.head.toString('latin1', 0, 64).replace(/[\0\s]|^\xef\xbb\xbf|^[\xff\xfe]{2}/g, '')
  const log = start.startsWith('<')
    ? await readXes(source, { event: columns.event ?? XES_KEYS.event, time: columns.time ?? XES_KEYS.time })
    : await readEventTable(file, getColumns(columns), bad)
  if (log.events === 0) throw new AppError('unprocessable', 'There is no event in the file.')
  return log
}

function getColumns({ case: caseColumn, event, time }: Partial<EventColumns>): EventColumns {
  if (caseColumn === undefined || event === undefined || time === undefined) {
    throw new AppError(
      'bad_request',
      'Name the columns of the table: --case (whose event it is), --event (what happened) and --time.',
    )
  }
  return { case: caseColumn, event, time }
}

export {
  CONVERSIONS,
  type Conversion,
  GROUPS,
  legsQuery,
  MAX_PATHS,
  NO_WAY,
  type PathQuestion,
  type PathRow,
  pathTableQuery,
  STEP_SEPARATOR,
  WAYS,
  type Way,
  weeklyOrdersQuery,
} from './path-table-query.ts'
