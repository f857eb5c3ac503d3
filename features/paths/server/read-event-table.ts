import { parseTime } from '../../../kernel/parse-time.ts'
import { type BadRows, getColumn, openRows, parseNumber } from '../../imports/server/reads.ts'
import { createEventCollector, type EventLog } from './event-log.ts'

export interface EventColumns {
  case: string
  event: string
  time: string
}

/** Reads a table with a row for each event, in any order. */
export async function readEventTable(file: string, names: EventColumns, bad: BadRows): Promise<EventLog> {
  const { columns, read } = await openRows(file, bad)
  const casePlace = getColumn(columns, names.case, '--case')
  const eventPlace = getColumn(columns, names.event, '--event')
  const timePlace = getColumn(columns, names.time, '--time')
  const collector = createEventCollector()
  const cases = new Map<string, number>()
  await read((cells, line) => {
    const name = (cells[casePlace] as string).trim()
    const event = (cells[eventPlace] as string).trim()
    const time = readTime(cells[timePlace] as string)
    if (name === '') return bad.refuse(line, `“${names.case}” is empty, so nobody knows whose event it is.`)
    if (event === '') return bad.refuse(line, `“${names.event}” is empty.`)
    if (time === undefined)
      return bad.refuse(
        line,
        `“${names.time}” is “${(cells[timePlace] as string).slice(0, 40)}”, which is not a time like 2024-01-31 12:00:00.`,
      )
    let number = cases.get(name)
    if (number === undefined) {
      number = cases.size
      cases.set(name, number)
    }
    collector.add(number, event, time)
  })
  return collector.finish()
}

/** A date with or without a time of day, UTC unless it says otherwise, or a plain number of seconds. */
function readTime(text: string): number | undefined {
  const time = parseTime(text, { zone: 'UTC' })
  if (time) return time.ms
  const seconds = parseNumber(text)
  return seconds === undefined ? undefined : seconds * 1000
}
