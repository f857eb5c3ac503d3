import { DAY_MS } from '../../../kernel/time.ts'
import type { ConditionAbout } from '../contract.ts'
import type { Verdict } from './compile-condition.ts'
import type { Counters } from './counters.ts'
import { whichSql } from './which-sql.ts'

/** Steps are told apart by the last four bits of a moment. */
const STEP_ROOM = 16

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
    `arrayConcat(${moments.join(', ')})`,
    (column) => `${walkSql(count, `arraySort(groupArrayArray(${column}))`)}[${count}]`,
  )
  const bound = withinDays === undefined ? '' : ` AND ${shortest} <= ${withinDays * DAY_MS}`
  return { sql: `(${shortest} >= 0${bound})`, onNothing: false }
}

/** An array of `count`: beginnings (0: none), and last the length of the shortest whole chain in ms (−1: none). */
function walkSql(count: number, moments: string): string {
  const start = [...Array(count - 1).fill(0), -1].join(', ')
  const before = 'chains[greatest(step - 1, 1)]'
  const time = `intDiv(moment, ${STEP_ROOM})`
  const next = `multiIf(
        step != ${STEP_ROOM - 1} - moment % ${STEP_ROOM}, chain,
        step = 1, ${time},
        ${before} = 0, chain,
        step = ${count}, if(chain < 0, ${time} - ${before}, least(chain, ${time} - ${before})),
        greatest(chain, ${before}))`
  return `arrayFold((chains, moment) -> arrayMap((chain, step) -> toInt64(${next}), chains, range(1, ${count + 1})),
      ${moments}, CAST([${start}], 'Array(Int64)'))`
}
