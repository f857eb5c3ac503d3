import { DAY_MS } from '../../../kernel/time.ts'
import type { ConditionAbout } from '../contract.ts'
import type { Verdict } from './compile-condition.ts'
import type { Counters } from './counters.ts'
import { whichSql } from './which-sql.ts'

/** Steps are told apart by the last four bits of a moment. */
const STEP_ROOM = 16
/** The length of a chain that nobody has walked. */
const NEVER = 2 ** 50

/**
 * First this, then that. Each step has to be strictly later than the one before: of events of the same instant nobody
 * knows which came first. Every event becomes moments `ms · 16 + (15 − step)`, one for each step that it may be; sorted,
 * the later steps of an instant come first, so that none builds upon another of the same instant. Then one walk keeps,
 * for each step, the latest beginning of a chain that got so far, and for the last one the shortest chain.
 */
export function compileSequence(
  { steps, withinDays }: ConditionAbout<'sequence'>,
  during: string,
  counters: Counters,
): Verdict {
  const count = steps.length
  const conditions = steps.map((step) => `(${whichSql(step, counters)}${during})`)
  const moments = conditions.map(
    (condition, index) =>
      `groupArrayIf(toUnixTimestamp64Milli(ts) * ${STEP_ROOM} + ${STEP_ROOM - 2 - index}, ${condition})`,
  )
  const shortest = counters.add(
    `(${conditions.join(' OR ')})`,
    `(${moments.join(', ')})`,
    (column) => `tupleElement(${walkSql(count, mergeSql(count, column))}, ${count})`,
  )
  const longest = withinDays === undefined ? NEVER - 1 : withinDays * DAY_MS
  return { sql: `${shortest} <= ${longest}`, onNothing: false }
}

/**
 * A person's moments in order; none where some step never happened. Most persons lack one, and the walk takes its turns
 * for all persons together, so that it is as long as the longest and as wide as those who have any moments.
 */
function mergeSql(count: number, column: string): string {
  const steps = Array.from(
    { length: count },
    (_, index) => `groupArrayArray(tupleElement(${column}, ${index + 1}))`,
  )
  const lacks = steps.map((step) => `empty(${step})`).join(' OR ')
  return `if(${lacks}, emptyArrayInt64(), arraySort(arrayConcat(${steps.join(', ')})))`
}

/** A tuple: for each step but the last the beginning (0: none), then the length of the shortest whole chain in ms. */
function walkSql(count: number, moments: string): string {
  const time = `intDiv(moment, ${STEP_ROOM})`
  const next = Array.from({ length: count }, (_, index) => {
    const step = index + 1
    const [own, before] = [`chains.${step}`, `chains.${index}`]
    const isMeant = `moment % ${STEP_ROOM} = ${STEP_ROOM - 1 - step}`
    if (step === 1) return `if(${isMeant}, ${time}, ${own})`
    if (step < count) return `if(${isMeant}, greatest(${own}, ${before}), ${own})`
    return `if(${isMeant} AND ${before} != 0, least(${own}, ${time} - ${before}), ${own})`
  })
  const start = [...Array(count - 1).fill(0), NEVER].map((value) => `toInt64(${value})`)
  return `arrayFold((chains, moment) -> (${next.join(', ')}),
      ${moments}, (${start.join(', ')}))`
}
