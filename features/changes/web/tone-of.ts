import type { AlarmChange } from '../contract.ts'

/** Who comes is neither good nor bad by itself; of the rest more is better, but of time. */
export function toneOf({ metric, before, after }: Pick<AlarmChange, 'metric' | 'before' | 'after'>) {
  if (metric === 'share' || metric === 'reach') return 'even'
  const isMore = after > before
  return isMore === (metric !== 'speed') ? 'won' : 'lost'
}
