import type { Source } from './make-columns.ts'
import type { UnitTable } from './units.ts'

/** Persons are spread at random over so many groups, which the bootstrap draws. */
export const GROUPS = 400

/** The rows of a model, each by its columns that are not 0, ascending; rows of a person stand together, persons by groups. */
export interface SparseRows {
  n: number
  size: number
  starts: Int32Array
  places: Uint16Array
  values: Float64Array
  outcome: Float64Array
  person: Int32Array
  persons: number
  group: Uint16Array
  groups: number
}

const BLOCK = 4096

/** Most columns of most units are 0 (few meet everything), so that products cost a fraction of the whole table's. */
export function makeSparseRows(
  { outcome, cluster, persons }: Pick<UnitTable, 'outcome' | 'cluster' | 'persons'>,
  sources: readonly Source[],
  size: number,
  seed: number,
): SparseRows {
  const n = outcome.length
  const groups = Math.min(GROUPS, persons)
  const groupOf = groupPersons(persons, groups, seed)
  const order = orderRows(cluster, groupOf, persons, groups)
  const starts = new Int32Array(n + 1)
  const countOne = (row: number) => {
    starts[row + 1] = (starts[row + 1] as number) + 1
  }
  for (const source of sources) eachNonZero(source, order, 0, n, countOne)
  for (let row = 0; row < n; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const places = new Uint16Array(starts[n] as number)
  const values = new Float64Array(starts[n] as number)
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(n, from + BLOCK)
    const next = starts.slice(from, to)
    for (const source of sources) {
      eachNonZero(source, order, from, to, (row, place, value) => {
        const at = next[row - from] as number
        next[row - from] = at + 1
        places[at] = place
        values[at] = value
      })
    }
  }
  const person = Int32Array.from(order, (row) => cluster[row] as number)
  return {
    n,
    size,
    starts,
    places,
    values,
    outcome: Float64Array.from(order, (row) => outcome[row] as number),
    person,
    persons,
    group: Uint16Array.from(person, (one) => groupOf[one] as number),
    groups,
  }
}

/** A person's group by their number and nothing else, so that the order of rows doesn't matter. */
export function groupPersons(persons: number, groups: number, seed: number): Uint16Array {
  return Uint16Array.from(
    { length: persons },
    (_, person) => mix(person ^ Math.imul(seed | 0, 0x9e3779b9)) % groups,
  )
}

/** The finaliser of MurmurHash3. */
function mix(word: number): number {
  let mixed = (word + 0x7f4a7c15) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** By counting: persons within groups, rows within persons. */
function orderRows(cluster: Int32Array, groupOf: Uint16Array, persons: number, groups: number): Int32Array {
  const byPerson = sortBy(Int32Array.from(cluster.keys()), cluster, persons)
  return sortBy(
    byPerson,
    Int32Array.from(cluster, (person) => groupOf[person] as number),
    groups,
  )
}

function sortBy(rows: Int32Array, keys: Int32Array, count: number): Int32Array {
  const next = new Int32Array(count + 1)
  for (const key of keys) next[key + 1] = (next[key + 1] as number) + 1
  for (let key = 0; key < count; key++) next[key + 1] = (next[key + 1] as number) + (next[key] as number)
  const sorted = new Int32Array(rows.length)
  for (const row of rows) {
    const key = keys[row] as number
    const place = next[key] as number
    next[key] = place + 1
    sorted[place] = row
  }
  return sorted
}

function eachNonZero(
  source: Source,
  order: Int32Array,
  from: number,
  to: number,
  see: (row: number, place: number, value: number) => void,
): void {
  if ('codes' in source) {
    for (let row = from; row < to; row++) {
      const place = source.places[source.codes[order[row] as number] as number] as number
      if (place >= 0) see(row, place, 1)
    }
    return
  }
  const { values, known, place } = source
  for (let row = from; row < to; row++) {
    const at = order[row] as number
    const value = values[at] as number
    if (value !== 0 && (known === undefined || known[at] === 1)) see(row, place, value)
  }
}
