import { CHANNELS, type Channel } from '../../kernel/channels.ts'

/**
 * The ways in which a customer asks for care, in the order of bits of an order's mix: the first is 1, the next 2, … A
 * way keeps its place for good; new ones go to the end.
 */
export const CARE_WAYS = [
  'phone',
  'callback',
  'email',
  'store',
  'sms',
  'post',
  'chat',
  'messenger',
  'assistant',
  'faq',
] as const
export type CareWay = (typeof CARE_WAYS)[number]

/** Whether a way is classic or modern is what kernel/channels.ts says of its channel; reading answers is modern. */
export function eraOf(way: CareWay): 'classic' | 'modern' {
  return way !== 'faq' && CHANNELS[way].era === 'classic' ? 'classic' : 'modern'
}

/** Which way a channel of a talk belongs to; undefined for a channel by which nobody asks for care. */
export function wayOf(channel: string): CareWay | undefined {
  if (channel === ('form' satisfies Channel)) return 'email'
  return CARE_WAYS.find((way) => way !== 'faq' && way === channel)
}

export const bitOf = (way: CareWay) => 1 << CARE_WAYS.indexOf(way)

/** All bits of an era together. */
export const ERA_BITS = {
  classic: CARE_WAYS.filter((way) => eraOf(way) === 'classic').reduce((bits, way) => bits | bitOf(way), 0),
  modern: CARE_WAYS.filter((way) => eraOf(way) === 'modern').reduce((bits, way) => bits | bitOf(way), 0),
}

export const MIX_GROUPS = ['none', 'classic', 'modern', 'both'] as const
export type MixGroup = (typeof MIX_GROUPS)[number]

export function listWays(bits: number): CareWay[] {
  return CARE_WAYS.filter((way) => (bits & bitOf(way)) !== 0)
}

/** The combination that stands for all that are too rare to stand alone. */
export const OTHER_MIXES = -1
/** Combinations that stand alone, the most frequent first. */
export const MAX_MIXES = 10

/** What orders are told apart by before they are compared, the finest first. */
export const LEVELS = [['problem', 'returning', 'category'], ['problem', 'returning'], ['problem']] as const
export type Factor = (typeof LEVELS)[0][number]
