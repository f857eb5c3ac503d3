import { createMarkovModel } from './markov.ts'
import type { AttributionModel } from './model.ts'
import {
  createRuleModel,
  type StepShares,
  shareByDecay,
  shareByPosition,
  shareEvenly,
  shareToFirst,
  shareToLast,
  shareToLastNonDirect,
} from './rule-models.ts'
import { shareToSet } from './shapley.ts'

export const MODEL_NAMES = [
  'first',
  'last',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
] as const
export type ModelName = (typeof MODEL_NAMES)[number]

export interface ModelOptions {
  /** Of the Markov chain: how many channels back the next step depends on. */
  order: number
  /** Of time-decay: steps after which the weight is halved. */
  halfLife: number
  /** Of last-non-direct. */
  isDirect: (channel: number) => boolean
}

export type RuleName = Exclude<ModelName, 'markov'>

/** The models that look at each path alone, by how they share it out. */
const RULES: Record<RuleName, (options: ModelOptions) => StepShares> = {
  first: () => shareToFirst,
  last: () => shareToLast,
  'last-non-direct': ({ isDirect }) => shareToLastNonDirect(isDirect),
  linear: () => shareEvenly,
  position: () => shareByPosition,
  'time-decay': ({ halfLife }) => shareByDecay(halfLife),
  shapley: () => shareToSet,
}

export const getRule = (name: RuleName, options: ModelOptions): StepShares => RULES[name](options)

export function createModel(name: ModelName, options: ModelOptions): AttributionModel {
  return name === 'markov' ? createMarkovModel(options.order) : createRuleModel(getRule(name, options))
}
