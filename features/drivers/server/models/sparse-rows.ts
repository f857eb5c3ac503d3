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
  const cells = moveRows(readCells(sources, n), order)
  const person = Int32Array.from(order, (row) => cluster[row] as number)
  return {
    n,
    size,
    ...cells,
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

type Codes = Extract<Source, { codes: Int32Array }>
type Values = Exclude<Source, Codes>

type Cells = Pick<SparseRows, 'starts' | 'places' | 'values'>

/** By blocks of rows, so that what is written stays in the processor's cache. */
function readCells(sources: readonly Source[], n: number): Cells {
  const starts = countCells(sources, n)
  const places = new Uint16Array(starts[n] as number)
  const values = new Float64Array(starts[n] as number)
  for (let from = 0; from < n; from += BLOCK) {
    const next = starts.slice(from, Math.min(n, from + BLOCK))
    for (const source of sources) {
      if ('codes' in source) fillCodes(source, from, next, places, values)
      else fillValues(source, from, next, places, values)
    }
  }
  return { starts, places, values }
}

/** Whole rows are copied, which is quicker than to look each of their values up in another order. */
function moveRows({ starts, places, values }: Cells, order: Int32Array): Cells {
  const n = order.length
  const moved: Cells = {
    starts: new Int32Array(n + 1),
    places: new Uint16Array(places.length),
    values: new Float64Array(values.length),
  }
  let next = 0
  for (let row = 0; row < n; row++) {
    const from = starts[order[row] as number] as number
    const to = starts[(order[row] as number) + 1] as number
    for (let at = from; at < to; at++) {
      moved.places[next] = places[at] as number
      moved.values[next++] = values[at] as number
    }
    moved.starts[row + 1] = next
  }
  return moved
}

/** Where each row begins. */
function countCells(sources: readonly Source[], n: number): Int32Array {
  const counts = new Uint16Array(n)
  for (const source of sources) {
    if ('codes' in source) countCodes(source, counts)
    else countValues(source, counts)
  }
  const starts = new Int32Array(n + 1)
  for (let row = 0; row < n; row++) starts[row + 1] = (starts[row] as number) + (counts[row] as number)
  return starts
}

function countCodes({ codes, places }: Codes, counts: Uint16Array): void {
  for (let row = 0; row < counts.length; row++)
    if ((places[codes[row] as number] as number) >= 0) counts[row] = (counts[row] as number) + 1
}

function countValues({ values, known }: Values, counts: Uint16Array): void {
  for (let row = 0; row < counts.length; row++)
    if (values[row] !== 0 && (known === undefined || known[row] === 1))
      counts[row] = (counts[row] as number) + 1
}

function fillCodes(
  source: Codes,
  from: number,
  next: Int32Array,
  places: Uint16Array,
  values: Float64Array,
): void {
  for (let row = 0; row < next.length; row++) {
    const place = source.places[source.codes[from + row] as number] as number
    if (place < 0) continue
    const at = next[row] as number
    next[row] = at + 1
    places[at] = place
    values[at] = 1
  }
}

function fillValues(
  source: Values,
  from: number,
  next: Int32Array,
  places: Uint16Array,
  values: Float64Array,
): void {
  const { values: own, known, place } = source
  for (let row = 0; row < next.length; row++) {
    const value = own[from + row] as number
    if (value === 0 || (known !== undefined && known[from + row] !== 1)) continue
    const at = next[row] as number
    next[row] = at + 1
    places[at] = place
    values[at] = value
  }
}
