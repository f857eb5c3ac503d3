import type { StepOrder } from '../../vocabulary.ts'

/** One event of a person: when, and which steps it may make (counted from 0); `isContact`: it lies between others. */
export interface SlowEvent {
  at: number
  steps: number[]
}

export interface SlowQuestion {
  count: number
  optional: readonly boolean[]
  order: StepOrder
  windowMs: number
  period: { from: number; to: number }
}

/**
 * The slow and obvious way: tries every choice of events. For every step the shortest attempt among those that end at
 * the earliest event, as ms from its beginning; −1 where no attempt comes so far.
 */
export function walkFunnel(events: readonly SlowEvent[], question: SlowQuestion): number[] {
  const sorted = events.toSorted(compare)
  return Array.from({ length: question.count }, (_, step) => {
    const attempts =
      question.order === 'any' ? tryAny(sorted, step, question) : tryInOrder(sorted, step, question)
    const [first] = attempts.toSorted((a, b) => a.place - b.place || b.begin - a.begin)
    return first ? first.end - first.begin : -1
  })
}

/** Events of one instant count in the order of the steps that they may make. */
function compare(a: SlowEvent, b: SlowEvent): number {
  const first = ({ steps }: SlowEvent) => Math.min(64, ...steps)
  const bits = ({ steps }: SlowEvent) => steps.reduce((sum, step) => sum + 2 ** step, 0)
  return a.at - b.at || first(a) - first(b) || bits(a) - bits(b)
}

interface Attempt {
  begin: number
  end: number
  /** Which event ends it. */
  place: number
}

/** All ways from some first event to `step`, leaving out what may be left out. */
function tryInOrder(events: readonly SlowEvent[], step: number, question: SlowQuestion): Attempt[] {
  const { optional, period, windowMs, order } = question
  const found: Attempt[] = []
  const go = (done: number, at: number, begin: number): void => {
    const here = events[at] as SlowEvent
    if (here.at - begin > windowMs) return
    if (done === step) {
      found.push({ begin, end: here.at, place: at })
      return
    }
    for (let next = done + 1; next <= step; next++) {
      const last = order === 'strict' ? Math.min(at + 1, events.length - 1) : events.length - 1
      for (let ahead = at + 1; ahead <= last; ahead++)
        if (events[ahead]?.steps.includes(next)) go(next, ahead, begin)
      if (!optional[next]) break
    }
  }
  events.forEach((event, at) => {
    if (event.steps.includes(0) && event.at < period.to) go(0, at, event.at)
  })
  return found
}

/** Every stretch of events in which all steps that count are there. */
function tryAny(events: readonly SlowEvent[], step: number, question: SlowQuestion): Attempt[] {
  const { optional, windowMs, period } = question
  const asked = Array.from({ length: step + 1 }, (_, one) => one).filter(
    (one) => one === step || !optional[one],
  )
  const inside = events.filter(({ at }) => at < period.to)
  return inside.flatMap(({ at: begin }, first) =>
    inside.flatMap(({ at: end }, place) => {
      const within = inside.slice(first, place + 1)
      const isWhole = asked.every((one) => within.some(({ steps }) => steps.includes(one)))
      return isWhole && end - begin <= windowMs ? [{ begin, end, place }] : []
    }),
  )
}

/** A person's visits: half an hour of silence ends one. */
export function splitVisits(events: readonly SlowEvent[]): SlowEvent[][] {
  const visits: SlowEvent[][] = []
  let before = Number.NEGATIVE_INFINITY
  for (const event of events.toSorted(compare)) {
    if (event.at - before > 30 * 60_000) visits.push([])
    visits.at(-1)?.push(event)
    before = event.at
  }
  return visits
}
