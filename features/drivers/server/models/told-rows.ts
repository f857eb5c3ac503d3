import type { SparseRows } from './sparse-rows.ts'

/** The first so many rows, whole persons; groups are drawn at random, so these are persons drawn at random. */
export function takePart(rows: SparseRows, most: number): SparseRows {
  let n = rows.n
  if (n > most) {
    n = most
    while (n > 1 && rows.person[n - 1] === rows.person[n]) n--
  }
  return { ...rows, n, outcome: rows.outcome.subarray(0, n) }
}

/** Of the first columns those of which all who have them have one outcome, or that nobody has: no curve has a finite slope for them. */
export function listTold(rows: SparseRows, size: number): number[] {
  const counts = new Float64Array(size)
  const came = new Float64Array(size)
  for (let row = 0; row < rows.n; row++) {
    const to = rows.starts[row + 1] as number
    for (let at = rows.starts[row] as number; at < to; at++) {
      const place = rows.places[at] as number
      if (place >= size) break
      counts[place] = (counts[place] as number) + 1
      came[place] = (came[place] as number) + (rows.outcome[row] as number)
    }
  }
  return [...counts.keys()].filter((place) => {
    const [count, events] = [counts[place] as number, came[place] as number]
    return place > 0 && (events === 0 || events === count)
  })
}

/** The rows that have none of these columns. */
export function withoutColumns(rows: SparseRows, gone: ReadonlySet<number>): SparseRows {
  const { starts, places, values } = rows
  const stays = Array.from({ length: rows.n }, (_, row) => row).filter((row) => {
    const to = starts[row + 1] as number
    for (let at = starts[row] as number; at < to; at++) if (gone.has(places[at] as number)) return false
    return true
  })
  const kept = { starts: new Int32Array(stays.length + 1), places: places.slice(), values: values.slice() }
  let next = 0
  for (const [at, row] of stays.entries()) {
    const [from, to] = [starts[row] as number, starts[row + 1] as number]
    kept.places.set(places.subarray(from, to), next)
    kept.values.set(values.subarray(from, to), next)
    next += to - from
    kept.starts[at + 1] = next
  }
  const outcome = Float64Array.from(stays, (row) => rows.outcome[row] as number)
  const person = Int32Array.from(stays, (row) => rows.person[row] as number)
  return { ...rows, ...kept, n: stays.length, outcome, person }
}

export function countPersonsOf({ n, person }: SparseRows): number {
  let persons = 0
  for (let row = 0; row < n; row++) if (row === 0 || person[row] !== person[row - 1]) persons++
  return persons
}
