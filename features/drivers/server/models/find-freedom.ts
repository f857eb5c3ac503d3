import type { StageFit } from './fit-stages.ts'
import type { SparseRows } from './sparse-rows.ts'

/** From so many on Student's t is as good as normal. */
const ENOUGH = 2_000

/**
 * Degrees of freedom of a combined effect's error: how many persons it rests on, weighed by their influence a on it, (Σ a²)² ÷ Σ a⁴,
 * less one (Bell and McCaffrey 2002, with residuals taken as unrelated), at most `usual`. Rows of a person go together.
 */
export function findFreedom(
  rows: SparseRows,
  { size, bread }: Pick<StageFit, 'size' | 'bread'>,
  parts: readonly { place: number; weight: number }[],
  usual: number,
): number {
  if (usual >= ENOUGH) return usual
  const towards = new Float64Array(size)
  for (const { place, weight } of parts)
    for (let at = 0; at < size; at++)
      towards[at] = (towards[at] as number) + weight * (bread[place * size + at] as number)
  const { n, starts, places, values, person } = rows
  let sum = 0
  let squares = 0
  for (let row = 0; row < n; ) {
    let own = 0
    const whose = person[row]
    for (; row < n && person[row] === whose; row++) {
      let influence = 0
      const to = starts[row + 1] as number
      for (let at = starts[row] as number; at < to; at++) {
        const place = places[at] as number
        if (place >= size) break
        influence += (towards[place] as number) * (values[at] as number)
      }
      own += influence ** 2
    }
    sum += own
    squares += own ** 2
  }
  return squares > 0 ? Math.max(1, Math.min(usual, sum ** 2 / squares - 1)) : usual
}
