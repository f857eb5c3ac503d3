import type { Counted, FlowAnswer } from '../contract.ts'
import { OUTCOMES, type Place } from '../vocabulary.ts'
import { countAll, type Pair } from './count-all.ts'
import type { FlowRow } from './flow-query.ts'
import { BEGAN, END, keyOf, type NodeCodes, ON } from './node-codes.ts'
import {
  findClusters,
  findUnidentifiedShare,
  type MadePaths,
  NO_UNITS,
  type SideTotals,
  toTotals,
} from './totals.ts'

/** Node of a column that stands for all that aren't among the top ones. */
const REST = -1
const PLACE_OF: Record<number, Place> = {
  [REST]: 'others',
  [END.left]: 'left',
  [END.ordered]: 'ordered',
  [END.open]: 'open',
  [ON]: 'on',
  [BEGAN]: 'began',
}
/** Where what is no contact stands in a column, below the contacts. */
const ORDER: Place[] = ['step', 'others', 'on', 'ordered', 'open', 'left', 'began']
const placeOf = (code: number): Place => PLACE_OF[code] ?? 'step'

interface Side {
  rows: readonly FlowRow[]
  totals: SideTotals
  root: { n: number; ordered: number; open: number }
}

/** Rows of one side or two become columns and links; both sides are shown by the same contacts. */
export function makeFlow(
  rows: readonly FlowRow[],
  otherRows: readonly FlowRow[] | undefined,
  { codes, top, depth }: { codes: NodeCodes; top: number; depth: number },
): MadePaths<Omit<FlowAnswer, 'meta'>> {
  const own = readSide(rows)
  const other = otherRows && readSide(otherRows)
  const columns = listColumns(own, other, top, depth)
  const drawn = drawSides(own, other, columns)
  const counted = countAll(drawn.pairs, findClusters(own.totals, other?.totals))
  const figureAt = (at: number) => counted[at] as Counted
  let next = 1
  const answer = {
    totals: toTotals(own.totals, other?.totals),
    root: { n: own.root.n, ordered: figureAt(0), open: own.root.open },
    columns: columns.map(({ shown, merged }) =>
      shown.map((code) => {
        const place = placeOf(code)
        const key = place === 'step' ? keyOf(codes, code) : ''
        const joined = code === REST ? merged : place === 'step' ? 1 : 0
        return { key, place, merged: joined, ...figureAt(next++) }
      }),
    ),
    links: drawn.links.map((key) => {
      const [column = 0, from = 0, to = 0] = key.split(' ').map(Number)
      const placeIn = (at: number, code: number) => (columns[at] as Column).shown.indexOf(code)
      return { column, from: placeIn(column, from), to: placeIn(column + 1, to), ...figureAt(next++) }
    }),
  }
  return { answer, unidentifiedShare: findUnidentifiedShare(own.totals) }
}

/** What is to be counted: the orders of the root, then every node, column by column, then every link. */
function drawSides(own: Side, other: Side | undefined, columns: readonly Column[]) {
  const mine = countLinks(own, columns)
  const theirs = other && countLinks(other, columns)
  const pairOf = (n: number, otherN = 0): Pair => ({
    n,
    of: own.root.n,
    ...(other && { other: { n: otherN, of: other.root.n } }),
  })
  const nodes = columns.flatMap(({ shown }, column) =>
    shown.map((code) => pairOf(weigh(mine, column, code), theirs && weigh(theirs, column, code))),
  )
  const links = [...new Set([...mine.keys(), ...(theirs?.keys() ?? [])])].sort(byLink)
  const ribbons = links.map((key) => pairOf(mine.get(key) ?? 0, theirs?.get(key)))
  return { links, pairs: [pairOf(own.root.ordered, other?.root.ordered), ...nodes, ...ribbons] }
}

const byLink = (a: string, b: string) => {
  const [one, other] = [a.split(' ').map(Number), b.split(' ').map(Number)]
  for (const at of [0, 1, 2]) if (one[at] !== other[at]) return (one[at] as number) - (other[at] as number)
  return 0
}

function readSide(rows: readonly FlowRow[]): Side {
  const all = rows.find(({ column, from }) => column === 0 && from === 0)
  const here = (outcome: number) =>
    rows.find(({ column, from, to }) => column === 0 && from === 1 && to === outcome)?.n ?? 0
  const ends = (outcome: number) =>
    rows.find(({ column, from, to }) => column === 0 && from === 2 && to === outcome)?.n ?? 0
  const [left = 0, ordered = 0, open = 0] = OUTCOMES.map((_, outcome) => ends(outcome))
  const totals = all
    ? { units: all.n, persons: all.persons, squares: all.squares, known: all.known, left, ordered, open }
    : NO_UNITS
  const n = OUTCOMES.reduce((sum, _, outcome) => sum + here(outcome), 0)
  return {
    rows: rows.filter(({ column }) => column > 0),
    totals,
    root: { n, ordered: here(1), open: here(2) },
  }
}

interface Column {
  /** Codes from top to bottom. */
  shown: number[]
  kept: Set<number>
  merged: number
}

function listColumns(own: Side, other: Side | undefined, top: number, depth: number): Column[] {
  const weights: Map<number, number>[] = []
  for (const side of other ? [own, other] : [own]) {
    for (const { column, from, to, n } of side.rows) {
      const share = n / Math.max(1, side.root.n)
      if (column === 1) add(weights, 0, from, share)
      add(weights, column, to, share)
    }
  }
  return weights.slice(0, depth + 2).map((column) => {
    const sorted = [...column].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([code]) => code)
    const steps = sorted.filter((code) => placeOf(code) === 'step')
    // A rest of one contact is that contact.
    const shown = steps.length === top + 1 ? steps : steps.slice(0, top)
    const merged = steps.length - shown.length
    const fixed = sorted.filter((code) => placeOf(code) !== 'step')
    const below = [...(merged > 0 ? [REST] : []), ...fixed]
    below.sort((a, b) => ORDER.indexOf(placeOf(a)) - ORDER.indexOf(placeOf(b)))
    return { shown: [...shown, ...below], kept: new Set([...shown, ...fixed]), merged }
  })
}

function add(weights: Map<number, number>[], column: number, code: number, share: number): void {
  while (weights.length <= column) weights.push(new Map())
  const into = weights[column] as Map<number, number>
  into.set(code, (into.get(code) ?? 0) + share)
}

/** By `column from to`, with the rest of each column as one. */
function countLinks({ rows }: Side, columns: readonly Column[]): Map<string, number> {
  const links = new Map<string, number>()
  const shownAs = (column: number, code: number) => (columns[column]?.kept.has(code) ? code : REST)
  for (const { column, from, to, n } of rows) {
    const key = `${column - 1} ${shownAs(column - 1, from)} ${shownAs(column, to)}`
    links.set(key, (links.get(key) ?? 0) + n)
  }
  return links
}

function weigh(links: ReadonlyMap<string, number>, column: number, code: number): number {
  let sum = 0
  for (const [key, n] of links) {
    const [at, from, to] = key.split(' ').map(Number)
    if (column === 0 ? at === 0 && from === code : at === column - 1 && to === code) sum += n
  }
  return sum
}
