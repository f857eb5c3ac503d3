import { EVENT_COLUMNS, type EventRow, REJECT_COLUMNS, type RejectRow } from './event-row.ts'

const MAX_PRECEDENCE = 2 ** 52

/** `YYYY-MM-DD hh:mm:ss.mmm`, the one form that the engine parses without guessing. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, -1)
}

const TIME_COLUMNS = new Set<string>(['sent_ts', 'ts', 'received_at'])

/** JSONCompactEachRow bytes of events, followed by their lane, sequence number and precedence. */
export function encodeEvents(rows: EventRow[], lane: number, seq: number): Buffer {
  const lines: string[] = []
  for (const row of rows) {
    const values: unknown[] = []
    for (const column of EVENT_COLUMNS) {
      const value = row[column]
      values.push(TIME_COLUMNS.has(column) ? formatTime(value as number) : value)
    }
    // The row received first must win, and the engine keeps the largest version.
    values.push(lane, seq, MAX_PRECEDENCE - row.received_at)
    lines.push(JSON.stringify(values))
  }
  return Buffer.from(`${lines.join('\n')}\n`)
}

export function encodeRejects(rows: RejectRow[], lane: number, seq: number): Buffer {
  const lines = rows.map((row) => {
    const values = REJECT_COLUMNS.map((column) =>
      column === 'received_at' ? formatTime(row[column]) : row[column],
    )
    return JSON.stringify([...values, lane, seq])
  })
  return Buffer.from(`${lines.join('\n')}\n`)
}
