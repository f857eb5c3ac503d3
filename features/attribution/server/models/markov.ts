import { type Chain, findGroupLosses } from './absorbing-chain.ts'
import type { AttributionModel, Credit } from './model.ts'
import { createTransitionCounter, type TransitionCounts } from './transition-counts.ts'

/**
 * Attribution by a Markov chain of order k (Anderl, Becker, von Wangenheim, Schumann, “Mapping the customer journey”,
 * 2016): journeys go from the start over states, the last k channels, to conversion or to nothing. The removal effect
 * of a channel is the share of conversions lost when whoever comes to it is lost: 1 − P(without)/P(with), solved and
 * not simulated. Conversions are shared out by removal effects; value likewise, by what each removal loses in value,
 * where a conversion is worth the mean of those that ended in the same state.
 */
export function createMarkovModel(order: number): AttributionModel {
  const { counts, add } = createTransitionCounter(order)
  return { add, finish: (channels) => attribute(counts, channels) }
}

/** What the counted chain credits each channel with. */
export function attribute(counts: TransitionCounts, channels: number): Credit[] {
  const leaving = countLeaving(counts)
  const chain = toChain(counts, leaving)
  const groups = groupByChannel(counts, channels)
  const conversions = shareOut(chain, counts.conversions, leaving, groups)
  const value = shareOut(chain, counts.value, leaving, groups)
  return Array.from({ length: channels }, (_, at) => ({
    conversions: conversions.shares[at] as number,
    value: value.shares[at] as number,
    removalEffect: conversions.effects[at] as number,
  }))
}

/** How many journeys left each state, on to another one or out. */
export function countLeaving({
  lastChannel,
  from,
  weight,
  conversions,
  nulls,
}: TransitionCounts): Float64Array {
  const leaving = Float64Array.from(lastChannel, (_, s) => (conversions[s] as number) + (nulls[s] as number))
  for (let move = 0; move < from.length; move++) {
    const s = from[move] as number
    leaving[s] = (leaving[s] as number) + (weight[move] as number)
  }
  return leaving
}

export function toChain({ lastChannel, from, to, weight }: TransitionCounts, leaving: Float64Array): Chain {
  const states = lastChannel.length
  const rowStart = new Int32Array(states + 1)
  for (const s of from) rowStart[s + 1] = (rowStart[s + 1] as number) + 1
  for (let s = 0; s < states; s++) rowStart[s + 1] = (rowStart[s + 1] as number) + (rowStart[s] as number)
  const next = rowStart.slice()
  const chain: Chain = {
    states,
    rowStart,
    to: new Int32Array(from.length),
    chance: new Float64Array(from.length),
  }
  for (let move = 0; move < from.length; move++) {
    const s = from[move] as number
    const at = next[s] as number
    next[s] = at + 1
    chain.to[at] = to[move] as number
    chain.chance[at] = (weight[move] as number) / (leaving[s] as number)
  }
  return chain
}

export function groupByChannel({ lastChannel }: TransitionCounts, channels: number): number[][] {
  const groups = Array.from({ length: channels }, (): number[] => [])
  lastChannel.forEach((channel, state) => {
    if (channel >= 0) groups[channel]?.push(state)
  })
  return groups
}

/** What the chain earns, shared out by what each group's removal loses. The shares add up to the sum of `earned`. */
function shareOut(chain: Chain, earned: readonly number[], leaving: Float64Array, groups: number[][]) {
  const total = earned.reduce((sum, one) => sum + one, 0)
  const nothing = groups.map(() => 0)
  if (total === 0) return { shares: nothing, effects: nothing }
  const rewards = Float64Array.from(earned, (one, s) => (one === 0 ? 0 : one / (leaving[s] as number)))
  const scale = rewards.reduce((most, one) => Math.max(most, one), 0)
  const { expected, losses } = findGroupLosses(
    chain,
    rewards.map((one) => one / scale),
    groups,
  )
  // Rounding may leave a channel that changes nothing a hair below zero.
  const lost = losses.map((loss) => Math.max(0, loss))
  const sum = lost.reduce((all, one) => all + one, 0)
  return {
    shares: lost.map((one) => (one / sum) * total),
    effects: lost.map((one) => Math.min(1, one / expected)),
  }
}
