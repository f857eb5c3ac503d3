import type { EventLog } from '../event-log.ts'

export interface Edge {
  from: string
  to: string
  /** How often one followed the other directly. */
  count: number
  /** In how many cases it did. */
  cases: number
}

export interface Variant {
  path: string[]
  /** Cases that went exactly so. */
  count: number
  share: number
  /** The share of cases that went so or as any variant before. */
  coverage: number
}

export interface ActivityCount {
  activity: string
  count: number
}

export interface PathsAnswer {
  cases: number
  events: number
  /** How many different ones there are. */
  activities: number
  variants: number
  edges: Edge[]
  starts: ActivityCount[]
  ends: ActivityCount[]
  topVariants: Variant[]
}

export interface PathsOptions {
  /** A longer silence begins a case anew. */
  sessionGapMs?: number
  top: number
}

interface Tally {
  cases: number
  starts: Map<number, number>
  ends: Map<number, number>
  variants: Map<string, number>
  /** By from × activities + to. `lastCase` keeps a case from being counted twice. */
  edges: Map<number, { count: number; cases: number; lastCase: number }>
}

/**
 * The directly-follows graph and the variants of a log (van der Aalst, “Process Mining”, 2nd ed., ch. 6.4 and 9.2).
 * Edges, starts, ends and variants come most frequent first, and by name where they are equally frequent.
 */
export function discoverPaths(log: EventLog, { sessionGapMs, top }: PathsOptions): PathsAnswer {
  const tally: Tally = { cases: 0, starts: new Map(), ends: new Map(), variants: new Map(), edges: new Map() }
  for (let c = 0; c < log.cases; c++) {
    let from = log.starts[c] as number
    const end = log.starts[c + 1] as number
    while (from < end) {
      const to = sessionGapMs === undefined ? end : findSessionEnd(log.time, from, end, sessionGapMs)
      countCase(tally, log, from, to)
      from = to
    }
  }
  return {
    cases: tally.cases,
    events: log.events,
    activities: log.activities.length,
    variants: tally.variants.size,
    edges: listEdges(tally, log.activities),
    starts: listActivities(tally.starts, log.activities),
    ends: listActivities(tally.ends, log.activities),
    topVariants: listVariants(tally, log.activities, top),
  }
}

function findSessionEnd(time: Float64Array, from: number, end: number, gap: number): number {
  for (let at = from + 1; at < end; at++) {
    if ((time[at] as number) - (time[at - 1] as number) > gap) return at
  }
  return end
}

function countCase(tally: Tally, { activity, activities }: EventLog, from: number, to: number): void {
  tally.cases += 1
  addOne(tally.starts, activity[from] as number)
  addOne(tally.ends, activity[to - 1] as number)
  addOne(tally.variants, encodePath(activity.subarray(from, to), activities.length))
  for (let at = from + 1; at < to; at++) {
    const key = (activity[at - 1] as number) * activities.length + (activity[at] as number)
    const edge = tally.edges.get(key)
    if (!edge) tally.edges.set(key, { count: 1, cases: 1, lastCase: tally.cases })
    else {
      edge.count += 1
      if (edge.lastCase !== tally.cases) edge.cases += 1
      edge.lastCase = tally.cases
    }
  }
}

function addOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const CODE_UNITS = 0xffff
const CHUNK = 8192

/** A path as a short text: one code unit a step while there are few activities. */
function encodePath(path: Int32Array, activities: number): string {
  if (activities > CODE_UNITS) return path.join()
  let text = ''
  for (let at = 0; at < path.length; at += CHUNK)
    text += String.fromCharCode(...path.subarray(at, at + CHUNK))
  return text
}

function decodePath(text: string, activities: readonly string[]): string[] {
  const numbers =
    activities.length > CODE_UNITS
      ? text.split(',').map(Number)
      : Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return numbers.map((number) => activities[number] as string)
}

function listEdges({ edges }: Tally, activities: readonly string[]): Edge[] {
  const listed = [...edges].map(([key, { count, cases }]): Edge => {
    const to = key % activities.length
    return {
      from: activities[(key - to) / activities.length] as string,
      to: activities[to] as string,
      count,
      cases,
    }
  })
  return listed.sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to))
}

function listActivities(counts: ReadonlyMap<number, number>, activities: readonly string[]): ActivityCount[] {
  return [...counts]
    .map(([number, count]) => ({ activity: activities[number] as string, count }))
    .sort((a, b) => b.count - a.count || compare(a.activity, b.activity))
}

function listVariants({ variants, cases }: Tally, activities: readonly string[], top: number): Variant[] {
  let covered = 0
  return pickTop(variants, top)
    .map(([text, count]) => ({ path: decodePath(text, activities), count }))
    .sort((a, b) => b.count - a.count || compare(a.path.join('\0'), b.path.join('\0')))
    .slice(0, top)
    .map(({ path, count }) => {
      covered += count
      return { path, count, share: count / cases, coverage: covered / cases }
    })
}

/** All variants as frequent as the last of the top, so that a tie is broken by name and not by the file's order. */
function pickTop(variants: ReadonlyMap<string, number>, top: number): [string, number][] {
  const counts = Float64Array.from(variants.values()).sort()
  const least = counts[Math.max(0, counts.length - top)] ?? 0
  return [...variants].filter(([, count]) => count >= least)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
