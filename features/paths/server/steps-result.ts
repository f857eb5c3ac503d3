import type { StepsAnswer } from '../contract.ts'
import { MAX_EDGES, OUTCOMES } from '../vocabulary.ts'
import { countAll, type Pair, toFigure } from './count-all.ts'
import { keyOf, type NodeCodes } from './node-codes.ts'
import { LINE, type StepRow } from './steps-query.ts'
import {
  findClusters,
  findUnidentifiedShare,
  type MadePaths,
  NO_UNITS,
  type SideTotals,
  toTotals,
} from './totals.ts'

const MAX_RETURNS = 12

interface Side {
  totals: SideTotals
  /** By line, `a` and `b`. */
  rows: Map<string, StepRow>
}

const keyOfRow = (line: number, a: number, b: number) => `${line} ${a} ${b}`

/** The map of steps: what was met, what follows what, what returns, where paths end. */
export function makeSteps(
  rows: readonly StepRow[],
  otherRows: readonly StepRow[] | undefined,
  codes: NodeCodes,
): MadePaths<Omit<StepsAnswer, 'meta'>> {
  const own = readSide(rows)
  const other = otherRows && readSide(otherRows)
  const clusters = findClusters(own.totals, other?.totals)
  const met = listLine(own, other, LINE.met)
  const followed = listLine(own, other, LINE.followed).filter(({ a, b }) => a !== b)
  const shown = followed.slice(0, MAX_EDGES)
  const pairOf = ({ line, a, b, units }: StepRow): Pair => ({
    n: units,
    of: own.totals.units,
    ...(other && {
      other: { n: other.rows.get(keyOfRow(line, a, b))?.units ?? 0, of: other.totals.units },
    }),
  })
  const counted = countAll([...met, ...shown].map(pairOf), clusters)
  const answer = {
    totals: toTotals(own.totals, other?.totals),
    nodes: met.map((row, at) => ({
      key: keyOf(codes, row.a),
      ...(counted[at] as (typeof counted)[number]),
      ...describeNode(own, row.a),
    })),
    transitions: followed.reduce((sum, { times }) => sum + times, 0),
    edges: shown.map(({ a, b, times, took: [quarter, half, most] }, at) => ({
      from: keyOf(codes, a),
      to: keyOf(codes, b),
      times,
      ...(counted[met.length + at] as (typeof counted)[number]),
      took: { quarter: quarter / 1000, half: half / 1000, most: most / 1000 },
    })),
    returns: listLine(own, undefined, LINE.returned)
      .slice(0, MAX_RETURNS)
      .map(({ a, b, times, units }) => ({
        from: keyOf(codes, a),
        to: keyOf(codes, b),
        times,
        ...toFigure(units, own.totals.units, clusters.own),
      })),
  }
  return { answer, unidentifiedShare: findUnidentifiedShare(own.totals) }
}

/** Totals as the rows tell them: line `all` by persons, line `ended` by outcome. */
export function readSide(rows: readonly StepRow[]): Side {
  const all = rows.find(({ line }) => line === LINE.all)
  const ends = rows.filter(({ line }) => line === LINE.ended)
  const [left = 0, ordered = 0, open = 0] = OUTCOMES.map((_, outcome) =>
    ends.reduce((sum, { b, units }) => sum + (b === outcome ? units : 0), 0),
  )
  const totals = all
    ? { units: all.units, persons: all.persons, squares: all.squares, known: all.known, left, ordered, open }
    : NO_UNITS
  return { totals, rows: new Map(rows.map((row) => [keyOfRow(row.line, row.a, row.b), row])) }
}

/** A line's rows, the most frequent first; what only the other side has counts zero here. */
function listLine(own: Side, other: Side | undefined, line: number): StepRow[] {
  const mine = [...own.rows.values()].filter((row) => row.line === line)
  const theirs = [...(other?.rows.values() ?? [])]
    .filter((row) => row.line === line && !own.rows.has(keyOfRow(line, row.a, row.b)))
    .map((row): StepRow => ({ ...row, times: 0, units: 0, took: [0, 0, 0] }))
  return [...mine, ...theirs].sort((x, y) => y.times - x.times || x.a - y.a || x.b - y.b)
}

function describeNode({ rows }: Side, code: number) {
  const unitsOf = (line: number, b: number) => rows.get(keyOfRow(line, code, b))?.units ?? 0
  const again = rows.get(keyOfRow(LINE.followed, code, code))
  const [left = 0, ordered = 0, open = 0] = OUTCOMES.map((_, outcome) => unitsOf(LINE.ended, outcome))
  return {
    begun: unitsOf(LINE.begun, 0),
    ended: { left, ordered, open },
    again: { times: again?.times ?? 0, units: again?.units ?? 0 },
  }
}
