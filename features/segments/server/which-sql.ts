import { getFilter } from '../../../kernel/filter/parse-filter.ts'
import type { Which } from '../contract.ts'
import type { Counters } from './counters.ts'
import { MEASUREMENT_EVENTS } from './event-names.ts'

/** SQL: the event is one of those meant. A touchpoint is met by what the event is, or by the way the visit came. */
export function whichSql(
  { name, touchpoint, stage, channel, where }: Which,
  counters: Pick<Counters, 'bind' | 'filter'>,
): string {
  const text = (value: string) => counters.bind(value, 'String')
  const parts: string[] = []
  if (name !== undefined) parts.push(`name = ${text(name)}`)
  if (touchpoint !== undefined)
    parts.push(`(touchpoint = ${text(touchpoint)} OR arrival = ${text(touchpoint)})`)
  if (stage !== undefined) parts.push(`stage = ${text(stage)}`)
  if (channel !== undefined) parts.push(`channel = ${text(channel)}`)
  // Nobody meets a touchpoint by having something measured there; who means measurements names them.
  if (name === undefined) parts.push(`name NOT IN ${counters.bind(MEASUREMENT_EVENTS, 'Array(String)')}`)
  if (where !== undefined) parts.push(counters.filter(getFilter(where)))
  return parts.join(' AND ')
}
