import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import type { FilterableEvent } from '../../../../kernel/filter/fields.ts'
import { toTest } from '../../../../kernel/filter/to-predicate.ts'

/** What is known of an event before its rules are asked: few values, repeated in nearly every event. */
export const KNOWN_COLUMNS = ['kind', 'channel', 'name'] as const
export type Known = Pick<FilterableEvent, (typeof KNOWN_COLUMNS)[number]>

const ALWAYS: CheckedFilter = { type: 'all', parts: [] }
const NEVER: CheckedFilter = { type: 'any', parts: [] }

export function isAlways(filter: CheckedFilter): boolean {
  return filter.type === 'all' && filter.parts.length === 0
}

export function isNever(filter: CheckedFilter): boolean {
  return filter.type === 'any' && filter.parts.length === 0
}

/** Is the condition about a known column alone? */
export function isOfKnown(filter: CheckedFilter): boolean {
  if (filter.type !== 'text' && filter.type !== 'exists') return false
  return filter.of.kind === 'text' && KNOWN_COLUMNS.some((column) => column === filter.of.column)
}

/** What remains to be asked of a filter when these columns are known: the same answer for every such event. */
export function specialise(filter: CheckedFilter, known: Known): CheckedFilter {
  if (filter.type === 'not') {
    const part = specialise(filter.part, known)
    if (isAlways(part)) return NEVER
    return isNever(part) ? ALWAYS : { type: 'not', part }
  }
  if (filter.type === 'all' || filter.type === 'any') return specialiseGroup(filter, known)
  if (!isOfKnown(filter)) return filter
  return toTest(filter)({ event: known as FilterableEvent, documents: {} }) ? ALWAYS : NEVER
}

function specialiseGroup(
  { type, parts }: Extract<CheckedFilter, { type: 'all' | 'any' }>,
  known: Known,
): CheckedFilter {
  const [isSettling, isIdle] = type === 'all' ? [isNever, isAlways] : [isAlways, isNever]
  const left: CheckedFilter[] = []
  for (const given of parts) {
    const part = specialise(given, known)
    if (isSettling(part)) return type === 'all' ? NEVER : ALWAYS
    if (!isIdle(part)) left.push(part)
  }
  return left.length === 1 ? (left[0] as CheckedFilter) : { type, parts: left }
}

/** All conditions of a filter. */
export function listConditions(filter: CheckedFilter): CheckedFilter[] {
  if (filter.type === 'not') return listConditions(filter.part)
  if (filter.type === 'all' || filter.type === 'any') return filter.parts.flatMap(listConditions)
  return [filter]
}
