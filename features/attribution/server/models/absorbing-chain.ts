import { AppError } from '../../../../kernel/errors.ts'

/** The moves of an absorbing chain by rows: state s goes to `to[at]` with `chance[at]`, rowStart[s] ≤ at < rowStart[s+1]. */
export interface Chain {
  states: number
  rowStart: Int32Array
  to: Int32Array
  chance: Float64Array
}

/** Up to so many states the fundamental matrix is computed whole; above, and where it is needed, sparse sweeps. */
export const DENSE_STATES = 500
const MAX_DENSE_STATES = 3000
const MAX_SWEEPS = 20_000
const ACCURACY = 1e-14

/**
 * For a reward earned when the chain is absorbed (r[s] on leaving from state s, all within [0, 1]): what is expected
 * from state 0, and how much of it comes from runs that pass through a state of each group. `groups[g]` lists states.
 */
export function findGroupLosses(
  chain: Chain,
  rewards: Float64Array,
  groups: readonly (readonly number[])[],
): { expected: number; losses: number[] } {
  if (chain.states <= DENSE_STATES) return findLossesDense(chain, rewards, groups)
  return findLossesSparse(chain, rewards, groups) ?? findLossesDense(chain, rewards, groups)
}

/**
 * With the fundamental matrix N = (I − Q)⁻¹ (Kemeny and Snell, “Finite Markov chains”, ch. 3): expected rewards are
 * h = N r; the chances f of entering group B first in each of its states solve f N[B, B] = N[0, B]; what passes
 * through B is f · h[B].
 */
function findLossesDense(
  chain: Chain,
  rewards: Float64Array,
  groups: readonly (readonly number[])[],
): { expected: number; losses: number[] } {
  const n = chain.states
  const inverse = invertChain(chain)
  const h = new Float64Array(n)
  for (let s = 0; s < n; s++) h[s] = dotRow(inverse, s * n, rewards)
  const losses = groups.map((group) => {
    const first = solveFirstEntry(inverse, n, group)
    return group.reduce((sum, state, at) => sum + (first[at] as number) * (h[state] as number), 0)
  })
  return { expected: h[0] as number, losses }
}

/** The fundamental matrix. Fails with `unprocessable` for a chain that is too large for it. */
export function invertChain(chain: Chain): Float64Array {
  if (chain.states > MAX_DENSE_STATES)
    throw new AppError(
      'unprocessable',
      `The chain has ${chain.states} states and settles too slowly to be solved. Use a lower --order, or join rare channels.`,
    )
  return invert(toDense(chain), chain.states)
}

function toDense({ states, rowStart, to, chance }: Chain): Float64Array {
  const dense = new Float64Array(states * states)
  for (let s = 0; s < states; s++) {
    dense[s * states + s] = 1
    for (let at = rowStart[s] as number; at < (rowStart[s + 1] as number); at++) {
      const cell = s * states + (to[at] as number)
      dense[cell] = (dense[cell] as number) - (chance[at] as number)
    }
  }
  return dense
}

export function dotRow(matrix: Float64Array, start: number, vector: Float64Array): number {
  let sum = 0
  for (let at = 0; at < vector.length; at++) sum += (matrix[start + at] as number) * (vector[at] as number)
  return sum
}

/** Gauss–Jordan in place. I − Q is a row diagonally dominant M-matrix, for which no pivoting is needed. */
function invert(matrix: Float64Array, n: number): Float64Array {
  for (let k = 0; k < n; k++) {
    const pivot = 1 / (matrix[k * n + k] as number)
    matrix[k * n + k] = 1
    for (let j = 0; j < n; j++) matrix[k * n + j] = (matrix[k * n + j] as number) * pivot
    const row = matrix.subarray(k * n, k * n + n)
    for (let i = 0; i < n; i++) {
      const factor = matrix[i * n + k] as number
      if (i === k || factor === 0) continue
      matrix[i * n + k] = 0
      const start = i * n
      for (let j = 0; j < n; j++)
        matrix[start + j] = (matrix[start + j] as number) - factor * (row[j] as number)
    }
  }
  return matrix
}

/** f with f N[B, B] = N[0, B]. */
export function solveFirstEntry(inverse: Float64Array, n: number, group: readonly number[]): Float64Array {
  // Transposed, with the right side as the last column.
  return eliminate(
    group.map((to) => {
      const row = new Float64Array(group.length + 1)
      group.forEach((from, at) => {
        row[at] = inverse[from * n + to] as number
      })
      row[group.length] = inverse[to] as number
      return row
    }),
  )
}

/** The solution of linear equations, each row with its right side last, by elimination with partial pivoting. */
export function eliminate(rows: Float64Array[]): Float64Array {
  const size = rows.length
  for (let k = 0; k < size; k++) {
    pivotRows(rows, k)
    const head = rows[k] as Float64Array
    for (let i = k + 1; i < size; i++) {
      const row = rows[i] as Float64Array
      const factor = (row[k] as number) / (head[k] as number)
      if (factor !== 0)
        for (let j = k; j <= size; j++) row[j] = (row[j] as number) - factor * (head[j] as number)
    }
  }
  const solution = new Float64Array(size)
  for (let k = size - 1; k >= 0; k--) {
    const row = rows[k] as Float64Array
    let sum = row[size] as number
    for (let j = k + 1; j < size; j++) sum -= (row[j] as number) * (solution[j] as number)
    solution[k] = sum / (row[k] as number)
  }
  return solution
}

function pivotRows(rows: Float64Array[], k: number): void {
  let best = k
  for (let i = k + 1; i < rows.length; i++) {
    if (Math.abs(rows[i]?.[k] as number) > Math.abs(rows[best]?.[k] as number)) best = i
  }
  const kept = rows[k] as Float64Array
  rows[k] = rows[best] as Float64Array
  rows[best] = kept
}

/** One solve without each group, starting from the solution with all of them. undefined when sweeps settle too slowly. */
function findLossesSparse(
  chain: Chain,
  rewards: Float64Array,
  groups: readonly (readonly number[])[],
): { expected: number; losses: number[] } | undefined {
  const whole = new Float64Array(chain.states)
  const isOut = new Uint8Array(chain.states)
  if (!sweep(chain, rewards, isOut, whole)) return undefined
  const losses: number[] = []
  for (const group of groups) {
    const without = whole.slice()
    for (const state of group) {
      isOut[state] = 1
      without[state] = 0
    }
    if (!sweep(chain, rewards, isOut, without)) return undefined
    for (const state of group) isOut[state] = 0
    losses.push((whole[0] as number) - (without[0] as number))
  }
  return { expected: whole[0] as number, losses }
}

/** Gauss–Seidel, which always settles here; until the error, judged by how fast steps shrink, is below rounding. */
export function sweep(
  chain: Chain,
  rewards: Float64Array,
  isOut: Uint8Array,
  h: Float64Array,
  accuracy = ACCURACY,
): boolean {
  // Three steps in a row must promise it: a single small one may be chance.
  let promises = 0
  let before = Number.NaN
  for (let round = 0; round < MAX_SWEEPS; round++) {
    const change = sweepOnce(chain, rewards, isOut, h)
    // Steps of the size of rounding no longer shrink.
    if (change < 4e-16) return true
    const rate = change / before
    promises = rate < 1 && (change * rate) / (1 - rate) < accuracy ? promises + 1 : 0
    if (promises === 3) return true
    before = change
  }
  return false
}

/** From the last state to the first: states are numbered as journeys meet them, so news travels backwards. */
function sweepOnce(
  { states, rowStart, to, chance }: Chain,
  rewards: Float64Array,
  isOut: Uint8Array,
  h: Float64Array,
): number {
  let change = 0
  for (let s = states - 1; s >= 0; s--) {
    if (isOut[s] === 1) continue
    let sum = rewards[s] as number
    let stay = 1
    const end = rowStart[s + 1] as number
    for (let at = rowStart[s] as number; at < end; at++) {
      const next = to[at] as number
      if (next === s) stay -= chance[at] as number
      else sum += (chance[at] as number) * (h[next] as number)
    }
    const updated = sum / stay
    const step = Math.abs(updated - (h[s] as number))
    if (step > change) change = step
    h[s] = updated
  }
  return change
}
