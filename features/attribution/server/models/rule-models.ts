import type { AttributionModel, Credit } from './model.ts'

/** How much of a path's worth each of its steps gets; the shares of a path add up to 1. */
export type StepShares = (steps: readonly number[]) => readonly number[]

/** A model that shares each path's conversions and value out by a rule that looks at that path alone. */
export function createRuleModel(findShares: StepShares): AttributionModel {
  const conversions: number[] = []
  const value: number[] = []
  return {
    add(steps, weight) {
      if (weight.conversions === 0 && weight.value === 0) return
      const shares = findShares(steps)
      for (let at = 0; at < steps.length; at++) {
        const share = shares[at] as number
        if (share === 0) continue
        const channel = steps[at] as number
        conversions[channel] = (conversions[channel] ?? 0) + share * weight.conversions
        value[channel] = (value[channel] ?? 0) + share * weight.value
      }
    },
    finish: (channels) =>
      Array.from({ length: channels }, (_, at): Credit => {
        return { conversions: conversions[at] ?? 0, value: value[at] ?? 0 }
      }),
  }
}

export const shareToFirst: StepShares = (steps) => shareToOne(steps.length, 0)

export const shareToLast: StepShares = (steps) => shareToOne(steps.length, steps.length - 1)

/** All to the last step that isn't direct; to the last one when all are. */
export function shareToLastNonDirect(isDirect: (channel: number) => boolean): StepShares {
  return (steps) => {
    for (let at = steps.length - 1; at >= 0; at--) {
      if (!isDirect(steps[at] as number)) return shareToOne(steps.length, at)
    }
    return shareToLast(steps)
  }
}

/** Every step alike; a channel that comes twice gets two shares. */
export const shareEvenly: StepShares = (steps) => new Array<number>(steps.length).fill(1 / steps.length)

/** 40 % to the first step, 40 % to the last, 20 % to those between; 50 and 50 where there are two. */
export const shareByPosition: StepShares = ({ length }) => {
  if (length === 1) return [1]
  if (length === 2) return [0.5, 0.5]
  const shares = new Array<number>(length).fill(0.2 / (length - 2))
  shares[0] = 0.4
  shares[length - 1] = 0.4
  return shares
}

/** The last step weighs 1, and every `halfLife` steps further back half of it. */
export function shareByDecay(halfLife: number): StepShares {
  return ({ length }) => {
    const weights = Array.from({ length }, (_, at) => 2 ** (-(length - 1 - at) / halfLife))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return weights.map((weight) => weight / sum)
  }
}

function shareToOne(length: number, chosen: number): number[] {
  const shares = new Array<number>(length).fill(0)
  shares[chosen] = 1
  return shares
}
