/**
 * Whether units that are in differ in their outcome at all; where all are alike an error would be reckoned as nothing. Two that
 * differ are found soon, so that hardly any rows are looked at.
 */
export function varies(outcome: Float64Array, isIn: (row: number) => boolean): boolean {
  let first: number | undefined
  for (let row = 0; row < outcome.length; row++) {
    if (!isIn(row)) continue
    first ??= outcome[row] as number
    if (outcome[row] !== first) return true
  }
  return false
}
