import type { StepShares } from './rule-models.ts'

/**
 * Shapley values of the game in which a set of channels earns all that journeys brought which met no other channel:
 * v(S) = Σ worth of paths whose channels lie in S, order and repeats left aside (Zhao, Mahboobi, Bagheri, “Shapley
 * value methods for attribution modeling in online advertising”, 2018). Such a game is a sum of unanimity games, one
 * for each set of channels, so each path's worth falls in equal parts to its distinct channels (Shapley, “A value for
 * n-person games”, 1953). That is exact for any number of channels, where coalitions could only be sampled.
 */
export const shareToSet: StepShares = (steps) => {
  const counts = new Map<number, number>()
  for (const channel of steps) counts.set(channel, (counts.get(channel) ?? 0) + 1)
  return steps.map((channel) => 1 / (counts.size * (counts.get(channel) as number)))
}
