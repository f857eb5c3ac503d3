import { BIN_STARTS, isHappening } from '../../vocabulary.ts'
import { type DaysQuestion, type PersonHistory, walkDays } from './person-days.ts'

/** Days after so many contacts, `to` included; null: and more. */
export interface Bin {
  from: number
  to: number | null
  /** Who had such a day, how many days those were, and on how many the outcome came (of marks: were given). */
  persons: number
  days: number
  events: number
  /** The plain mean of the outcome over these days, as if nothing else differed. */
  plain: number | null
}

interface Tally {
  persons: number
  days: number
  events: number
  weight: number
  sum: number
}

/** A group needs so many persons, and so many days with the outcome, to stand alone. */
const MIN_PERSONS = 30
const MIN_EVENTS = 5

/** Counts days by the number of contacts before them; a group that is too small joins the one below it, or above. */
export function tellBins(histories: readonly PersonHistory[], question: DaysQuestion): Bin[] {
  const starts = joinSmall([...BIN_STARTS], tally(histories, question, BIN_STARTS))
  return tally(histories, question, starts).map(({ persons, days, events, weight, sum }, place) => {
    const next = starts[place + 1]
    const to = next === undefined ? null : next - 1
    return {
      from: starts[place] as number,
      to,
      persons,
      days,
      events,
      plain: weight === 0 ? null : sum / weight,
    }
  })
}

/** Where the groups begin that are left when the small ones have joined others; none and some stay apart. */
function joinSmall(starts: readonly number[], tallies: readonly Tally[]): number[] {
  const groups = starts.map((from, at) => ({ ...(tallies[at] as Tally), from }))
  for (;;) {
    const at = groups.findLastIndex((one, place) => place > 0 && !isEnough(one))
    if (at < 0 || groups.length === 2) return groups.map(({ from }) => from)
    const into = at > 1 ? at - 1 : at + 1
    const [small, other] = [groups[at], groups[into]] as [(typeof groups)[number], (typeof groups)[number]]
    // Whoever is in both would count twice; the larger number is sure.
    groups[into] = {
      ...other,
      from: Math.min(small.from, other.from),
      persons: Math.max(small.persons, other.persons),
      events: small.events + other.events,
    }
    groups.splice(at, 1)
  }
}

const isEnough = ({ persons, events }: Tally) => persons >= MIN_PERSONS && events >= MIN_EVENTS

function tally(
  histories: readonly PersonHistory[],
  question: DaysQuestion,
  starts: readonly number[],
): Tally[] {
  const tallies = starts.map((): Tally => ({ persons: 0, days: 0, events: 0, weight: 0, sum: 0 }))
  const happens = isHappening(question.outcome)
  for (const history of histories) {
    const met = new Set<Tally>()
    walkDays(history, question, ({ past, outcome }) => {
      const one = tallies[findBin(starts, past)] as Tally
      met.add(one)
      one.days++
      if (!happens || outcome > 0) one.events++
      one.weight += history.weight
      one.sum += history.weight * outcome
    })
    for (const one of met) one.persons++
  }
  return tallies
}

/** The group to which so many contacts belong. */
export function findBin(starts: readonly number[], contacts: number): number {
  let at = starts.length - 1
  while (at > 0 && contacts < (starts[at] as number)) at--
  return at
}
