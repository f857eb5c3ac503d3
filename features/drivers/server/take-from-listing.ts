import { ID_LENGTH, type Listing } from './make-listing.ts'
import { openMarks } from './marks.ts'

export interface ListQuestion {
  driver: string
  kind: 'lost' | 'exposed' | 'unexposed'
  after?: ListedPerson
  limit: number
}

export interface ListedPerson {
  at: number
  person: string
}

/** Persons of a driver, the latest first, each once; null where there is no such driver. */
export function takeFromListing(
  listing: Listing,
  { driver, kind, after, limit }: ListQuestion,
): ListedPerson[] | null {
  const found = listing.drivers.get(driver)
  if (!found) return null
  const { ids, persons, at } = listing
  const [isKnown, isExposed, isLost] = [found.isKnown, found.isExposed, listing.isLost].map((marks) =>
    openMarks(marks, at.length),
  ) as [Is, Is, Is]
  const taken: ListedPerson[] = []
  const seen = new Uint8Array(ids.length / ID_LENGTH)
  for (let place = 0; place < at.length && taken.length < limit; place++) {
    if (!isKnown(place) || isExposed(place) !== (kind !== 'unexposed')) continue
    if (kind === 'lost' && !isLost(place)) continue
    const person = persons[place] as number
    if (seen[person]) continue
    seen[person] = 1
    const one = { at: at[place] as number, person: idAt(ids, person) }
    if (!after || isBehind(one, after)) taken.push(one)
  }
  return taken
}

type Is = (place: number) => boolean

const idAt = (ids: string, person: number) => ids.slice(person * ID_LENGTH, (person + 1) * ID_LENGTH)

const isBehind = (one: ListedPerson, after: ListedPerson) =>
  one.at < after.at || (one.at === after.at && one.person > after.person)
