import type { FunnelPlan } from './funnel-query.ts'

/**
 * A mark is an event that may make steps: its time, then the first step that it may make (so that events of one instant
 * count in the order of the steps), then all of them as bits. Sorting marks sorts by these.
 */
export interface MarkSql {
  /** SQL of an event's mark, of the columns `at` (ms, above 0), `rank` and `mask` under the prefix. */
  make: string
  timeOf(mark: string): string
  maskOf(mark: string): string
}

/** A period of eight years and a window of one take 39 bits of ms; with 5 of the rank and 16 of the steps a number holds all. */
const PACKED_STEPS = 16
const MASK_BITS = PACKED_STEPS
const TIME_SHIFT = MASK_BITS + 5
/** With more steps a mark is a pair, which costs about twice as much to sort. */
const RANKS = 128

export function markSql({ steps }: Pick<FunnelPlan, 'steps'>): MarkSql {
  if (steps.length <= PACKED_STEPS)
    return {
      make: `e.at * ${2 ** TIME_SHIFT} + least(e.rank, 31) * ${2 ** MASK_BITS} + toInt64(e.mask)`,
      timeOf: (mark) => `bitShiftRight(${mark}, ${TIME_SHIFT})`,
      maskOf: (mark) => `bitAnd(${mark}, ${2 ** MASK_BITS - 1})`,
    }
  return {
    make: `(e.at * ${RANKS} + e.rank, e.mask)`,
    timeOf: (mark) => `intDiv(${mark}.1, ${RANKS})`,
    maskOf: (mark) => `${mark}.2`,
  }
}
