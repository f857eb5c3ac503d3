import { type DaysQuestion, type PersonHistory, walkDays } from './person-days.ts'

export interface ListQuestion {
  question: DaysQuestion
  /** Contacts before the day, `to` included; null: and more. */
  bin: { from: number; to: number | null }
  after: ListedPerson | undefined
  limit: number
}

export interface ListedPerson {
  person: string
  /** The last day on which they belonged to the group. */
  day: number
}

/** Persons who had a day in the group, the latest first. */
export function listOfBin(
  ids: readonly string[],
  histories: readonly PersonHistory[],
  { question, bin, after, limit }: ListQuestion,
): ListedPerson[] {
  const found: ListedPerson[] = []
  histories.forEach((history, at) => {
    let last = -1
    walkDays(history, question, ({ day, past }) => {
      if (past >= bin.from && past <= (bin.to ?? past)) last = day
    })
    if (last >= 0) found.push({ person: ids[at] as string, day: last })
  })
  found.sort(compare)
  const from = after ? found.findIndex((one) => compare(one, after) > 0) : 0
  return from < 0 ? [] : found.slice(from, from + limit)
}

const compare = (a: ListedPerson, b: ListedPerson) =>
  b.day - a.day || (a.person < b.person ? 1 : a.person > b.person ? -1 : 0)
