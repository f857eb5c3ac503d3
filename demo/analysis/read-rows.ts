import { createWriter } from '../messages/write-life.ts'
import type { DemoOptions } from '../options.ts'
import { clock } from '../simulate/arrivals.ts'
import { createLives } from '../simulate/draw-life.ts'
import { findEffects } from './findings.ts'
import { type PersonRow, readRow } from './read-row.ts'

/** Simulates a shop, tells it as messages, and keeps of each person only what can be read from these. No server needed. */
export function readRows(options: DemoOptions): PersonRow[] {
  const draw = createLives(options)
  const tell = createWriter(options)
  const rows: PersonRow[] = []
  for (let index = 0; index < options.persons; index++) {
    const row = readRow(tell(draw(index)).map(({ message }) => message))
    if (row) rows.push(row)
  }
  return rows
}

export function findPlanted(options: DemoOptions): ReturnType<typeof findEffects> {
  return findEffects(readRows(options), clock(options.end, 0))
}
