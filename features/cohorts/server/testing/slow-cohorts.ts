import type { CohortSize, Return } from '../../vocabulary.ts'

export interface SlowEvent {
  who: string
  at: number
  isContact: boolean
  isVisit: boolean
  /** The event says that this order was placed. */
  order: string
  channel: string
}

export interface SlowQuestion {
  timeZone: string
  size: CohortSize
  returns: Return
  followed: { count: number; days: number }
  /** First days, `YYYY-MM-DD`, half-open, and the first day that isn't over. */
  from: string
  to: string
  observed: string
}

export interface SlowCell {
  of: number
  within: number
  by: number
}

const DAY_MS = 86_400_000
const asMs = (day: string) => Date.parse(`${day}T00:00:00Z`)
const plus = (day: string, days: number) => new Date(asMs(day) + days * DAY_MS).toISOString().slice(0, 10)

/** The calendar day of an instant as the wall calendar shows it. */
function dayOf(at: number, timeZone: string): string {
  // Swedes write dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(at))
}

/** The days on which a person begins and may come back: of all contacts, or of each order's first placing. */
function listDays(events: readonly SlowEvent[], { returns, timeZone }: SlowQuestion) {
  const day = ({ at }: SlowEvent) => dayOf(at, timeZone)
  if (returns !== 'order') {
    const contacts = events.filter(({ isContact }) => isContact)
    const visits = contacts.filter(({ isVisit }) => isVisit)
    return { begins: contacts.map(day), comes: (returns === 'visit' ? visits : contacts).map(day) }
  }
  const placings = events.filter(({ order }) => order !== '').toSorted((a, b) => a.at - b.at)
  const firsts = placings.filter(({ order }, at) => placings.findIndex((one) => one.order === order) === at)
  return { begins: firsts.map(day), comes: firsts.map(day) }
}

/** Day after day the slow and obvious way: for each week or month the persons who began in it, and each stretch of each. */
export function walkCohorts(events: readonly SlowEvent[], question: SlowQuestion) {
  const { from, to, size, followed, observed } = question
  const persons = [...new Set(events.map(({ who }) => who))].map((who) => {
    const { begins, comes } = listDays(
      events.filter((event) => event.who === who),
      question,
    )
    return { who, first: begins.toSorted()[0], comes }
  })
  const cohorts = new Map<string, string[]>()
  for (let day = from; day < to; day = plus(day, 1)) {
    const monday = plus(day, -((new Date(asMs(day)).getUTCDay() + 6) % 7))
    const key = size === 'week' ? monday : day.slice(0, 7)
    cohorts.set(key, [...(cohorts.get(key) ?? []), day])
  }
  return [...cohorts.values()].map((days) => {
    const own = persons.filter(({ first }) => first !== undefined && days.includes(first))
    const cells = Array.from({ length: followed.count }, (_, at): SlowCell | null => {
      const isOpen = days.some((day) => plus(day, (at + 1) * followed.days) >= observed)
      if (isOpen || own.length === 0) return null
      const cameIn = (stretch: number) =>
        own.filter(({ first, comes }) =>
          comes.some(
            (day) =>
              day > plus(first as string, stretch * followed.days) &&
              day <= plus(first as string, (stretch + 1) * followed.days),
          ),
        )
      const soFar = Array.from({ length: at + 1 }, (_, stretch) => cameIn(stretch)).flat()
      return { of: own.length, within: cameIn(at).length, by: new Set(soFar).size }
    })
    return { from: days[0] as string, to: plus(days.at(-1) as string, 1), n: own.length, cells }
  })
}
