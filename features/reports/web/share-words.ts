import { FLOOR_NUMBER, FLOOR_WORD } from '../../../kernel/stats/floors.ts'

/** How much may be said of a share of `n`: its number, a word with its range, or nothing. */
export type Weight = 'number' | 'word' | 'none'

export const weightOf = (n: number): Weight =>
  n >= FLOOR_NUMBER ? 'number' : n >= FLOOR_WORD ? 'word' : 'none'

const WORDS = [
  [0.05, 'none'],
  [0.15, 'tenth'],
  [0.22, 'fifth'],
  [0.29, 'quarter'],
  [0.41, 'third'],
  [0.59, 'half'],
  [0.71, 'twoThirds'],
  [0.8, 'threeQuarters'],
  [0.95, 'most'],
  [Number.POSITIVE_INFINITY, 'all'],
] as const

export type ShareWord = (typeof WORDS)[number][1]

/** The word nearest to a share 0…1, as it stands in the words of reports under `estimate.word`. */
export function wordOfShare(share: number): ShareWord {
  return WORDS.find(([below]) => share < below)?.[1] ?? 'all'
}
