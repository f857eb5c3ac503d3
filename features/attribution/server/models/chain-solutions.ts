import {
  type Chain,
  DENSE_STATES,
  dotRow,
  eliminate,
  invertChain,
  solveFirstEntry,
  sweep,
} from './absorbing-chain.ts'

/** A chain without some of its states. */
export interface ChainSolution {
  /** How often each state is come to from the start. */
  visits: Float64Array
  /** What is earned from each state on, for each of the rewards. */
  worth: Float64Array[]
}

/** What ranges are made of needs no more. */
const ACCURACY = 1e-8

/** The whole chain first, then without the states of each group. Rewards as in `findGroupLosses`. */
export function* solveWithout(
  chain: Chain,
  rewards: readonly Float64Array[],
  groups: readonly (readonly number[])[],
  denseStates = DENSE_STATES,
): Generator<ChainSolution> {
  const backwards = turnRound(chain)
  let inverse = chain.states <= denseStates ? invertChain(chain) : undefined
  let whole: ChainSolution | undefined
  for (const group of [[], ...groups]) {
    const solution = inverse ? undefined : solveBySweeps(chain, backwards, rewards, group, whole)
    if (solution) {
      whole ??= solution
      yield solution
      continue
    }
    inverse ??= invertChain(chain)
    yield solveDense(inverse, chain.states, rewards, group)
  }
}

/**
 * From the fundamental matrix N of the whole chain: without group B visits are N[0, ·] − f N[B, ·], f being the chances
 * to enter B first in each of its states, and worths h − N[·, B] y with N[B, B] y = h[B].
 */
function solveDense(
  inverse: Float64Array,
  n: number,
  rewards: readonly Float64Array[],
  group: readonly number[],
): ChainSolution {
  const first = solveFirstEntry(inverse, n, group)
  const visits = inverse.slice(0, n)
  group.forEach((state, at) => {
    const chance = first[at] as number
    for (let s = 0; s < n; s++)
      visits[s] = (visits[s] as number) - chance * (inverse[state * n + s] as number)
  })
  for (const state of group) visits[state] = 0
  return { visits, worth: rewards.map((reward) => findWorth(inverse, n, reward, group)) }
}

function findWorth(inverse: Float64Array, n: number, reward: Float64Array, group: readonly number[]) {
  const worth = Float64Array.from({ length: n }, (_, s) => dotRow(inverse, s * n, reward))
  const lost = eliminate(
    group.map((from) =>
      Float64Array.from([...group.map((to) => inverse[from * n + to] as number), worth[from] as number]),
    ),
  )
  group.forEach((state, at) => {
    const part = lost[at] as number
    for (let s = 0; s < n; s++) worth[s] = (worth[s] as number) - (inverse[s * n + state] as number) * part
  })
  for (const state of group) worth[state] = 0
  return worth
}

/** Sweeps from what the whole chain has, which is near. */
function solveBySweeps(
  chain: Chain,
  backwards: Chain,
  rewards: readonly Float64Array[],
  group: readonly number[],
  whole?: ChainSolution,
): ChainSolution | undefined {
  const isOut = new Uint8Array(chain.states)
  for (const state of group) isOut[state] = 1
  const begin = (near?: Float64Array) => {
    const vector = near?.slice() ?? new Float64Array(chain.states)
    for (const state of group) vector[state] = 0
    return vector
  }
  const start = new Float64Array(chain.states)
  start[0] = 1
  const visits = begin(whole?.visits)
  if (!sweep(backwards, start, isOut, visits, ACCURACY)) return undefined
  const worth = rewards.map((_, at) => begin(whole?.worth[at]))
  const settled = worth.every((h, at) => sweep(chain, rewards[at] as Float64Array, isOut, h, ACCURACY))
  return settled ? { visits, worth } : undefined
}

/** The same moves by where they lead to: visits are what "earning" 1 at the start gives along them. */
function turnRound({ states, rowStart, to, chance }: Chain): Chain {
  const turned: Chain = {
    states,
    rowStart: new Int32Array(states + 1),
    to: new Int32Array(to.length),
    chance: new Float64Array(to.length),
  }
  for (const s of to) turned.rowStart[s + 1] = (turned.rowStart[s + 1] as number) + 1
  for (let s = 0; s < states; s++)
    turned.rowStart[s + 1] = (turned.rowStart[s + 1] as number) + (turned.rowStart[s] as number)
  const next = turned.rowStart.slice()
  for (let s = 0; s < states; s++) {
    for (let move = rowStart[s] as number; move < (rowStart[s + 1] as number); move++) {
      const at = next[to[move] as number] as number
      next[to[move] as number] = at + 1
      turned.to[at] = s
      turned.chance[at] = chance[move] as number
    }
  }
  return turned
}
