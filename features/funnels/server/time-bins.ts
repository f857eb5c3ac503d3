/** A span of time and how many lie in it: `from` (inclusive) to `to` (exclusive), seconds. */
export interface TimeBin {
  from: number
  to: number
  n: number
}

/** Four bins for each doubling: from a second to a month there are 86. */
const BINS_PER_DOUBLING = 4

/** SQL: the bin of a time in ms. Bin 0 is anything below a second. */
export const binSql = (ms: string) =>
  `toUInt16(if(${ms} < 1000, 0, 1 + floor(${BINS_PER_DOUBLING} * log2(${ms} / 1000))))`

/** Bins as the store gives them, with those between the first and the last that hold nothing. */
export function toTimeBins([numbers, counts]: readonly [readonly number[], readonly number[]]): TimeBin[] {
  const last = numbers.length === 0 ? -1 : Math.max(...numbers)
  const first = numbers.length === 0 ? 0 : Math.min(...numbers)
  const found = new Map(numbers.map((bin, index) => [bin, counts[index] ?? 0]))
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const bin = first + index
    return { from: edgeOf(bin), to: edgeOf(bin + 1), n: found.get(bin) ?? 0 }
  })
}

const edgeOf = (bin: number) => (bin === 0 ? 0 : 2 ** ((bin - 1) / BINS_PER_DOUBLING))
