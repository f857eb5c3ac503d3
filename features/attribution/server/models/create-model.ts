import { createMarkovModel } from './markov.ts'
import type { AttributionModel } from './model.ts'
import {
  createRuleModel,
  shareByDecay,
  shareByPosition,
  shareEvenly,
  shareToFirst,
  shareToLast,
  shareToLastNonDirect,
} from './rule-models.ts'
import { createShapleyModel } from './shapley.ts'

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

const CREATORS: Record<ModelName, (options: ModelOptions) => AttributionModel> = {
  first: () => createRuleModel(shareToFirst),
  last: () => createRuleModel(shareToLast),
  'last-non-direct': ({ isDirect }) => createRuleModel(shareToLastNonDirect(isDirect)),
  linear: () => createRuleModel(shareEvenly),
  position: () => createRuleModel(shareByPosition),
  'time-decay': ({ halfLife }) => createRuleModel(shareByDecay(halfLife)),
  markov: ({ order }) => createMarkovModel(order),
  shapley: () => createShapleyModel(),
}

export function createModel(name: ModelName, options: ModelOptions): AttributionModel {
  return CREATORS[name](options)
}
