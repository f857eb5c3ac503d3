import type { Standard } from '../../touchpoints/contract.ts'
import type { ReadingBin, Readings } from '../contract.ts'

const OUTCOMES = ['kept', 'between', 'missed'] as const

/** Readings by how the standard judges them. */
export function outcomesOf({ bins, readings }: Pick<Readings, 'bins' | 'readings'>) {
  return OUTCOMES.map((outcome) => {
    const n = bins.filter((bin) => bin.outcome === outcome).reduce((sum, bin) => sum + bin.n, 0)
    return { outcome, n, share: readings === 0 ? 0 : n / readings }
  })
}

export type Tick = { value: number; at: number; tone: 'won' | 'lost' | 'quiet' }

/** Nearer than this part of the width two labels would touch. */
const APART = 0.17

/** Edges worth naming under the bars, `at` from 0 to 1: the thresholds, then whatever has room beside them. */
export function listTicks(bins: readonly ReadingBin[], { good, bad }: Standard): Tick[] {
  const edges = bins.slice(1).flatMap(({ from }, index) => {
    if (from === null) return []
    const tone = from === good ? ('won' as const) : from === bad ? ('lost' as const) : ('quiet' as const)
    return { value: from, at: (index + 1) / bins.length, tone }
  })
  const rank = { won: 0, lost: 1, quiet: 2 }
  const chosen: Tick[] = []
  for (const tick of edges.toSorted((a, b) => rank[a.tone] - rank[b.tone]))
    if (chosen.every(({ at }) => Math.abs(at - tick.at) >= APART)) chosen.push(tick)
  return chosen.sort((a, b) => a.at - b.at)
}
