import type { Counted } from '../contract.ts'

/** Whether yesterday was as such a weekday usually is. */
export function judgeDay({ n, usual }: Counted): 'as' | 'more' | 'less' | 'unknown' {
  if (!usual) return 'unknown'
  return n > usual.high ? 'more' : n < usual.low ? 'less' : 'as'
}
