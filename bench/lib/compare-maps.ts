import type { LoadsRow } from '../../features/journeys/server/loads-query.ts'
import type { MapRow } from '../../features/journeys/server/map-query.ts'
import { LINE } from '../../features/journeys/server/person-lines.ts'
import type { RegistryCodes } from '../../features/journeys/server/registry-codes.ts'
import type { Clickhouse } from '../../platform/clickhouse.ts'
import { handWrittenMap } from './hand-written-map.ts'

type Row = Record<string, number | string | number[][]>
type Numbers = Record<string, number>

export type HandAnswers = Record<keyof typeof handWrittenMap, Row[]>

/** More than a report of the product is granted: some of the statements by hand need it over 20 million events. */
const MEMORY = {
  max_threads: 2,
  max_memory_usage: '1900000000',
  max_bytes_before_external_group_by: '500000000',
}

/** Runs the statements written by hand, one after the other. */
export async function runByHand(
  clickhouse: Clickhouse,
  params: { shop: number; from: number; to: number },
): Promise<HandAnswers> {
  const answers = {} as HandAnswers
  for (const [name, sql] of Object.entries(handWrittenMap))
    answers[name as keyof HandAnswers] = await clickhouse.query<Row>(sql, { params, settings: MEMORY })
  return answers
}

/** Which numbers of the map differ from those by hand, each as a text; both have to say the same before they are timed. */
export function findDifferences(
  codes: RegistryCodes,
  rows: readonly MapRow[],
  loads: readonly LoadsRow[],
  hand: HandAnswers,
): { compared: number; differences: string[] } {
  const ours = readOurs(codes, rows, loads)
  const theirs = readHand(hand)
  const names = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
  const differences = names
    .filter((name) => !isSame(ours[name] ?? 0, theirs[name] ?? 0))
    .map((name) => `${name}: ${ours[name]} on the map, ${theirs[name]} by hand`)
  return { compared: names.length, differences }
}

function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one), Math.abs(other))
}

function readOurs(codes: RegistryCodes, rows: readonly MapRow[], loads: readonly LoadsRow[]): Numbers {
  const numbers: Numbers = {}
  const keyOf = (code: number) => codes.touchpoints[code - 1]?.key ?? ''
  const add = (place: string, named: Numbers) => {
    for (const [name, value] of Object.entries(named)) numbers[`${place} ${name}`] = value
  }
  for (const { line, key, n, sum, squares, other, middle } of rows) {
    const place = `${key >> 10} ${keyOf(key & 1023)}`
    const stage = `${key} `
    const said = { heard: n, said_sum: sum, said_squares: squares }
    const kept = { judged: n, kept_sum: sum, kept_squares: squares }
    if (line === LINE.total) add('all', { persons: n, events: sum, known: other })
    if (line === LINE.place) add(place, { persons: n, contacts: sum })
    if (line === LINE.stage) add(stage, { persons: n })
    if (line === LINE.saidPlace) add(place, said)
    if (line === LINE.saidStage) add(stage, said)
    if (line === LINE.keptPlace) add(place, kept)
    if (line === LINE.keptStage) add(stage, kept)
    if (line === LINE.promises) add(stage, { promises_kept: sum, promises_broken: other })
    if (line === LINE.next) add(stage, { walked: n, moved: sum, middle: sum === 0 ? 0 : middle })
    if (line === LINE.after) add(`${key >> 6} `, { [`to ${key & 63}`]: n })
  }
  for (const { touchpoint, measure, template, n, good, bad } of loads)
    add(`${touchpoint} ${measure} ${template}`, { n, good, bad })
  return numbers
}

function readHand({ totals, figures, journeys, loads }: HandAnswers): Numbers {
  const numbers: Numbers = {}
  const add = (place: string, row: Row, left: readonly string[]) => {
    for (const [name, value] of Object.entries(row))
      if (!left.includes(name)) numbers[`${place} ${name}`] = Number(value ?? 0)
  }
  for (const row of totals) add('all', row, [])
  for (const row of figures) {
    // Promises are told of stages, contacts of touchpoints.
    const isStage = row.touchpoint === ''
    add(`${row.stage} ${row.touchpoint}`, row, [
      'stage',
      'touchpoint',
      ...(isStage ? ['contacts'] : ['promises_kept', 'promises_broken']),
    ])
  }
  for (const { stage, persons, moved, middle, next } of journeys) {
    add(`${stage} `, { walked: persons ?? 0, moved: moved ?? 0, middle: moved === 0 ? 0 : (middle ?? 0) }, [])
    const [to = [], n = []] = next as number[][]
    for (const [index, following] of to.entries())
      add(`${stage} `, { [`to ${following}`]: n[index] ?? 0 }, [])
  }
  for (const row of loads)
    add(`${row.touchpoint} ${row.measure} ${row.template}`, row, ['touchpoint', 'measure', 'template'])
  return numbers
}
