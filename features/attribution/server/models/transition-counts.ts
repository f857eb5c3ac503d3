import type { PathWeight } from './model.ts'

/** The counted moves of a chain of order k: a state is the last k channels of a journey; state 0 is the start. */
export interface TransitionCounts {
  order: number
  /** The last channel of each state; −1 for the start. */
  lastChannel: number[]
  /** Moves between states: from, to, and how many journeys made it. */
  from: number[]
  to: number[]
  weight: number[]
  /** By the state in which journeys ended. */
  conversions: number[]
  value: number[]
  nulls: number[]
}

export interface TransitionCounter {
  counts: TransitionCounts
  add(steps: readonly number[], weight: PathWeight): void
  /** Tells the moves of a path that was added, in their order, and answers the state it ends in. */
  follow(steps: readonly number[], tell: (move: number) => void): number
}

/** Channel numbers stay below this, so that a move is one exact integer. */
export const MAX_CHANNELS = 2 ** 20

/**
 * Counts moves path by path. Repeats of a channel are moves from a state to itself; they change no probability of
 * where a journey ends.
 */
export function createTransitionCounter(order: number): TransitionCounter {
  const counts: TransitionCounts = {
    order,
    lastChannel: [-1],
    from: [],
    to: [],
    weight: [],
    conversions: [0],
    value: [0],
    nulls: [0],
  }
  const histories: number[][] = [[]]
  const states = new Map<string, number>([['', 0]])
  const moves = new Map<number, number>()

  function openMove(from: number, channel: number): number {
    const history = [...(histories[from] as number[]), channel].slice(-order)
    const key = history.join(' ')
    const to = states.get(key) ?? openState(key, history)
    const move = counts.from.push(from) - 1
    counts.to.push(to)
    counts.weight.push(0)
    moves.set(from * MAX_CHANNELS + channel, move)
    return move
  }

  function openState(key: string, history: number[]): number {
    const state = histories.push(history) - 1
    states.set(key, state)
    counts.lastChannel.push(history.at(-1) as number)
    counts.conversions.push(0)
    counts.value.push(0)
    counts.nulls.push(0)
    return state
  }

  function add(steps: readonly number[], { conversions, value, nulls }: PathWeight): void {
    const journeys = conversions + nulls
    if (journeys === 0) return
    let state = 0
    for (const channel of steps) {
      const move = moves.get(state * MAX_CHANNELS + channel) ?? openMove(state, channel)
      counts.weight[move] = (counts.weight[move] as number) + journeys
      state = counts.to[move] as number
    }
    counts.conversions[state] = (counts.conversions[state] as number) + conversions
    counts.value[state] = (counts.value[state] as number) + value
    counts.nulls[state] = (counts.nulls[state] as number) + nulls
  }

  function follow(steps: readonly number[], tell: (move: number) => void): number {
    let state = 0
    for (const channel of steps) {
      const move = moves.get(state * MAX_CHANNELS + channel)
      if (move === undefined) throw new Error('This path was not added.')
      tell(move)
      state = counts.to[move] as number
    }
    return state
  }

  return { counts, add, follow }
}
